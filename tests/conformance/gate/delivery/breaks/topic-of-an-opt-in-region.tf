# A topic of a region that is opted into comes by a name of its own.
# Source: Amazon SNS Developer Guide: Cross-region delivery; aws/aws-cdk, issues 32526 and 37590.
# Stops at: aws_sns_topic_subscription.desk, aws_sqs_queue.desk, aws_sqs_queue_policy.desk

provider "aws" {
  alias  = "far"
  region = "eu-south-2"
}

resource "aws_sns_topic" "bell" {
  provider = aws.far
  name     = "bell"
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
      Condition = { ArnLike = { "aws:SourceArn" = aws_sns_topic.bell.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "desk" {
  provider  = aws.far
  topic_arn = aws_sns_topic.bell.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.desk.arn
}
