variable "name" {
  type = string
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_cloudwatch_log_group" "trade" {
  name = "/aws/lambda/${var.name}" # expect: unknown
}
