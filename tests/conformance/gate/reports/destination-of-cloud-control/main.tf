resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_sns_topic_subscription" "s" {
  topic_arn = "arn:aws:sns:eu-west-1:111122223333:t"
  protocol  = "lambda"
  endpoint  = aws_lambda_function.feed.arn
}

resource "awscc_lambda_event_invoke_config" "c" {
  function_name = aws_lambda_function.feed.function_name
  qualifier     = "$LATEST"
  destination_config = {
    on_failure = {
      destination = "arn:aws:sqs:eu-west-1:111122223333:lost"
    }
  }
}
