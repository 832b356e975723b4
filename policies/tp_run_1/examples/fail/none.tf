resource "aws_lambda_function" "none" { # expect: fail
  function_name = "none"
  filename      = "function.zip"
  handler       = "index.handler"
  role          = "arn:aws:iam::123456789012:role/function"
}
