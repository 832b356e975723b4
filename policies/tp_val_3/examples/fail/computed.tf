locals {
  words = "change-me"
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/feed"
  environment {
    variables = { FEED_PASSWORD = replace(local.words, "-", "") } # expect: fail
  }
}
