resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_iot_authorizer" "own" {
  name                    = "own"
  authorizer_function_arn = aws_lambda_function.feed.arn
  signing_disabled        = true
}
