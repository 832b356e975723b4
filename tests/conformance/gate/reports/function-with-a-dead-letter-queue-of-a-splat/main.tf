resource "aws_sqs_queue" "failed" {
  count = 1
  name  = "failed"
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  dynamic "dead_letter_config" {
    for_each = compact(aws_sqs_queue.failed[*].arn)
    content {
      target_arn = dead_letter_config.value
    }
  }
}

resource "aws_sns_topic" "ticks" {
  name = "ticks"
}

resource "aws_sns_topic_subscription" "feed" {
  topic_arn = aws_sns_topic.ticks.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.feed.arn
}
