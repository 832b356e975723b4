resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_lambda_event_source_mapping" "own" {
  function_name = aws_lambda_function.feed.arn
  event_source_arn = "arn:aws:mq:us-east-1:111122223333:broker:feeds:b-1234a5b6-78cd-901e-2fgh-3i45j6k178l9"
  queues = ["feeds"]
}
