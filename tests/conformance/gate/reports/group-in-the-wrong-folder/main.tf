resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_cloudwatch_log_group" "feed" {
  name              = "/lambda/${aws_lambda_function.feed.function_name}"
  retention_in_days = 60
}
