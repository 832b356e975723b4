resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_kinesis_analytics_application" "own" {
  name = "own"
  inputs {
    name_prefix = "own"
    processing_configuration {
      lambda {
        resource_arn = aws_lambda_function.feed.arn
        role_arn     = "arn:aws:iam::111122223333:role/feed"
      }
    }
  }
}
