# Of targets in other regions a rule reaches buses only.
# Source: Amazon EventBridge User Guide: Cross-Region events; aws/aws-cdk, pull request 11617.
# Stops at: aws_cloudwatch_event_target.jobs, aws_sqs_queue.jobs

resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

resource "aws_sqs_queue" "jobs" {
  provider = aws.west
  name     = "jobs"
}

resource "aws_sqs_queue_policy" "jobs" {
  provider  = aws.west
  queue_url = aws_sqs_queue.jobs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.jobs.arn
      Condition = { ArnLike = { "aws:SourceArn" = aws_cloudwatch_event_rule.trade.arn } }
    }]
  })
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = aws_sqs_queue.jobs.arn
}
