# A queue under the AWS managed key never gets what its topic sends.
# Source: lobster1234, fan-out with SNS and SQS.
# Stops at: aws_sns_topic_subscription.told, aws_sqs_queue.jobs

resource "aws_sns_topic" "told" {
  name = "told"
}

resource "aws_sqs_queue" "jobs" {
  name              = "jobs"
  kms_master_key_id = "alias/aws/sqs"
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.jobs.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.told.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "told" {
  topic_arn = aws_sns_topic.told.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.jobs.arn
}
