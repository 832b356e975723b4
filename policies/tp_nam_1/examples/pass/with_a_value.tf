variable "environment_suffix" {
  default = "dev"
}

resource "aws_lambda_function" "trade" {
  function_name = "lambda-trade-${var.environment_suffix}"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_cloudwatch_log_group" "trade" {
  name = "/aws/lambda/${aws_lambda_function.trade.function_name}"
}
