# The queue admits EventBridge for another account.
# Source: Confused deputy: aws:SourceAccount.
# Stops at: aws_cloudwatch_event_target.jobs, aws_sqs_queue.jobs, aws_sqs_queue_policy.jobs

data "aws_region" "here" {}

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.jobs.arn, Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:events:us-west-2:${data.aws_caller_identity.me.account_id}:rule/*" } } }] })
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_sqs_queue.jobs.arn
}
