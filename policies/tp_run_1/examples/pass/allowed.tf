resource "aws_lambda_function" "trade" {
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  role          = "arn:aws:iam::123456789012:role/function"
  runtime       = "python3.11"
}

resource "aws_lambda_function" "old" {
  function_name = "old"
  filename      = "function.zip"
  handler       = "index.handler"
  role          = "arn:aws:iam::123456789012:role/function"
  runtime       = "nodejs18.x"
}
