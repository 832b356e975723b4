# A Deny about other actions leaves sending alone.
# Source: IAM: aws:PrincipalIsAWSService; a Deny on delete.

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
      { Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.jobs.arn, Condition = { ArnEquals = { "aws:SourceArn" = [aws_cloudwatch_event_rule.hourly.arn] } } },
      { Effect = "Deny", Principal = "*", Action = ["sqs:DeleteQueue", "sqs:PurgeQueue"], Resource = "*" },
      { Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = aws_sqs_queue.jobs.arn, Condition = { Bool = { "aws:SecureTransport" = "false" } } },
    ]
  })
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_sqs_queue.jobs.arn
}
