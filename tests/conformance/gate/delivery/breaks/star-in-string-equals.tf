# StringEquals takes a star for a star.
# Source: IAM User Guide, String condition operators.
# Stops at: aws_cloudwatch_event_target.placed, aws_sqs_queue.jobs, aws_sqs_queue_policy.jobs

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.jobs.arn
      Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:events:eu-west-1:${data.aws_caller_identity.me.account_id}:rule/pl*" } }
    }]
  })
}

resource "aws_cloudwatch_event_target" "placed" {
  rule = aws_cloudwatch_event_rule.placed.name
  arn  = aws_sqs_queue.jobs.arn
}
