resource "aws_sqs_queue" "q" {
  name                    = "queue-q"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue_policy" "q" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sqs:ReceiveMessage", Resource = aws_sqs_queue.q.arn, Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
