resource "aws_iam_user_login_profile" "ops" {
  user = "ops"
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  environment {
    variables = { CONSOLE = aws_iam_user_login_profile.ops.password }
  }
}
