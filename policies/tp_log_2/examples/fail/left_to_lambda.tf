resource "aws_lambda_function" "trade" { # expect: fail
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_cloudwatch_log_group" "trade" {
  name = "/aws/lambda/trades"
}

resource "aws_lambda_function" "quote" {
  function_name = "quote"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  logging_config {
    log_format = "JSON"
    log_group  = "/market/quotes" # expect: fail
  }
}
