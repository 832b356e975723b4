# A Deny for all that does not come through an endpoint hits EventBridge too.
# Source: SQS: VPC endpoint policies; services do not come through your endpoint.
# Stops at: aws_cloudwatch_event_target.jobs, aws_sqs_queue_policy.jobs, aws_sqs_queue.jobs

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.jobs.arn },
      { Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = aws_sqs_queue.jobs.arn, Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-0123456789abcdef0" } } },
    ]
  })
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_sqs_queue.jobs.arn
}
