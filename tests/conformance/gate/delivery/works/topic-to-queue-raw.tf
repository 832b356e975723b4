# A topic feeds a queue, raw, with a filter and a dead-letter queue that admits it.
# Source: SNS: Fanout to Amazon SQS queues.

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sqs_queue" "desk" {
  name = "desk"
}

resource "aws_sqs_queue" "desk_lost" {
  name = "desk_lost"
}

locals {
  queues = { desk = aws_sqs_queue.desk, lost = aws_sqs_queue.desk_lost }
}

resource "aws_sqs_queue_policy" "each" {
  for_each  = local.queues
  queue_url = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = each.value.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.bell.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "desk" {
  topic_arn            = aws_sns_topic.bell.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.desk.arn
  raw_message_delivery = true
  filter_policy        = jsonencode({ kind = ["urgent"] })
  redrive_policy       = jsonencode({ deadLetterTargetArn = aws_sqs_queue.desk_lost.arn })
}
