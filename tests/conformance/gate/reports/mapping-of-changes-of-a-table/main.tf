resource "aws_dynamodb_table" "feeds" {
  name             = "feeds"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_lambda_event_source_mapping" "own" {
  function_name = aws_lambda_function.feed.arn
  event_source_arn = aws_dynamodb_table.feeds.stream_arn
}
