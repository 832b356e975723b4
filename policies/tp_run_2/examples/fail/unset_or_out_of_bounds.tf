resource "aws_lambda_function" "unset" { # expect: fail
  function_name = "unset"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  memory_size   = 512
}

resource "aws_lambda_function" "slow" {
  function_name = "slow"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  timeout       = 15 * 60 # expect: fail
  memory_size   = 128     # expect: fail
}
