resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_chimesdkvoice_sip_media_application" "own" {
  name       = "own"
  aws_region = "us-east-1"
  endpoints {
    lambda_arn = aws_lambda_function.feed.arn
  }
}
