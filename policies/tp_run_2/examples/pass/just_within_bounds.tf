resource "aws_lambda_function" "least" {
  function_name = "least"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  timeout       = 3
  memory_size   = 256
}

resource "aws_sqs_queue" "book" {
  name                       = "book"
  visibility_timeout_seconds = 60
}

resource "aws_lambda_function" "book" {
  function_name = "book"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  timeout       = 60
  memory_size   = 512
}

resource "aws_lambda_event_source_mapping" "book" {
  event_source_arn = aws_sqs_queue.book.arn
  function_name    = aws_lambda_function.book.arn
}
