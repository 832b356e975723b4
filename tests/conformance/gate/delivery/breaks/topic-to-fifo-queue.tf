# A standard topic cannot feed a FIFO queue.
# Source: SNS Developer Guide: FIFO topics
# Stops at: aws_sns_topic_subscription.jobs, aws_sqs_queue.jobs

resource "aws_sqs_queue" "jobs" {
  name       = "jobs.fifo"
  fifo_queue = true
}

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.jobs.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.bell.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "jobs" {
  topic_arn = aws_sns_topic.bell.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.jobs.arn
}
