resource "aws_sqs_queue" "q" {
  name                    = "queue-q"
  sqs_managed_sse_enabled = true
  policy                  = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = { AWS = "arn:aws:iam::111122223333:role/feed" }, Action = "sqs:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
