resource "aws_sqs_queue" "work" {
  name                    = "work"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue_policy" "work" {
  queue_url = aws_sqs_queue.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/sender" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.work.arn, Condition = { Bool = { "aws:SecureTransport" = "true" } } }]
  })
}
