resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_transfer_server" "own" {
  identity_provider_type = "AWS_LAMBDA"
  function               = aws_lambda_function.feed.arn
}
