# The queue admits another topic.
# Source: SNS: Subscribing an Amazon SQS queue, permissions.
# Stops at: aws_sns_topic_subscription.desk, aws_sqs_queue.desk, aws_sqs_queue_policy.desk

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sns_topic" "horn" {
  name = "horn"
}

resource "aws_sqs_queue" "desk" {
  name = "desk"
}

resource "aws_sqs_queue_policy" "desk" {
  queue_url = aws_sqs_queue.desk.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.desk.arn
      Condition = { ArnLike = { "aws:SourceArn" = aws_sns_topic.horn.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "desk" {
  topic_arn = aws_sns_topic.bell.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.desk.arn
}
