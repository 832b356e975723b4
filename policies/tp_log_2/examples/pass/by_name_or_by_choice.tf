variable "environment_suffix" {
  type = string
}

resource "aws_lambda_function" "trade" {
  function_name = "lambda-trade-${var.environment_suffix}"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_cloudwatch_log_group" "trade" {
  name = "/aws/lambda/lambda-trade-${var.environment_suffix}"
}

resource "aws_lambda_function" "quote" {
  function_name = "lambda-quote-${var.environment_suffix}"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.quote.name
  }
}

resource "aws_cloudwatch_log_group" "quote" {
  name = "quotes"
}

resource "aws_lambda_function" "book" {
  function_name = "book"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_cloudwatch_log_group" "book" {
  name = "/aws/lambda/${aws_lambda_function.book.function_name}"
}
