# A target's dead-letter queue must be in the rule's region.
# Source: aws/aws-cdk, pull request 11617.
# Stops at: aws_cloudwatch_event_target.work, aws_sqs_queue.failed

resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_lambda_permission" "trade" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.trade.arn
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

resource "aws_sqs_queue" "failed" {
  provider = aws.west
  name     = "failed"
}

resource "aws_sqs_queue_policy" "failed" {
  provider  = aws.west
  queue_url = aws_sqs_queue.failed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.failed.arn
      Condition = { ArnLike = { "aws:SourceArn" = aws_cloudwatch_event_rule.trade.arn } }
    }]
  })
}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = aws_lambda_function.work.arn
  dead_letter_config {
    arn = aws_sqs_queue.failed.arn
  }
}
