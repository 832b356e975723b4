resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  environment {
    variables = { BROKER = "redis://:Gr33nApple77@cache.internal:6379/0" }
  }
}
