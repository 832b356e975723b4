variable "key_id" {
  type = string
}

resource "aws_sqs_queue" "failed" {
  name              = "failed"
  kms_master_key_id = var.key_id # expect: unknown
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
