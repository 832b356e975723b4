resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_appconfig_configuration_profile" "own" {
  application_id = "a1b2c3"
  name           = "own"
  location_uri   = "hosted"
  validator {
    type    = "LAMBDA"
    content = aws_lambda_function.feed.arn
  }
}
