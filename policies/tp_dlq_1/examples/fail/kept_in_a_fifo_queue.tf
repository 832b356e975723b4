# AWS Lambda Developer Guide, "Adding a dead-letter queue": standard queues and topics only.
resource "aws_sqs_queue" "failed" {
  name       = "failed.fifo"
  fifo_queue = true
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/trade"
  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn # expect: fail
  }
}
