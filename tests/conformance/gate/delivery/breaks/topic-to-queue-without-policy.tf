# The queue has no policy.
# Source: SNS: Subscribing an Amazon SQS queue, permissions.
# Stops at: aws_sns_topic_subscription.desk, aws_sqs_queue.desk

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sqs_queue" "desk" {
  name = "desk"
}

resource "aws_sns_topic_subscription" "desk" {
  topic_arn = aws_sns_topic.bell.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.desk.arn
}
