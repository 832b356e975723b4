resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_lambda_function" "status" {
  function_name = "status"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_lambda_function_event_invoke_config" "status" {
  function_name = aws_lambda_function.status.function_name
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_lambda_function" "polls" {
  function_name = "polls"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_lambda_event_source_mapping" "polls" {
  event_source_arn = aws_sqs_queue.failed.arn
  function_name    = aws_lambda_function.polls.arn
}
