resource "aws_iam_role" "shared" {
  name               = "shared"
  assume_role_policy = "{}"
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = aws_iam_role.shared.arn # expect: fail
}

resource "aws_lambda_function" "quote" {
  function_name = "quote"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/shared" # expect: fail
}
