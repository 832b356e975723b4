resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  environment {
    variables = { SENTRY_DSN = "https://52ad6074dce1118813830d71939b5318@o123456.ingest.sentry.io/4504123456" }
  }
}
