resource "aws_sqs_queue" "failed" {
  name              = "failed"
  kms_master_key_id = "" # expect: fail
  policy = jsonencode({
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
