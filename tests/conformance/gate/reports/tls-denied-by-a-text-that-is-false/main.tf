resource "aws_sqs_queue" "work" {
  name                    = "work"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue_policy" "work" {
  queue_url = aws_sqs_queue.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = aws_sqs_queue.work.arn, Condition = { StringEquals = { "aws:SecureTransport" = "false" } } }]
  })
}
