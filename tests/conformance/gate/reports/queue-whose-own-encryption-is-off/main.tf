resource "aws_sqs_queue" "q" {
  name = "queue-q"
  sqs_managed_sse_enabled = false
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
