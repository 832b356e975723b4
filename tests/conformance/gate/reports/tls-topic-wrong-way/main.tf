resource "aws_sns_topic" "t" {
  name              = "topic-t"
  kms_master_key_id = "alias/own"
  policy            = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sns:Publish", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "true" } } }] })
}
