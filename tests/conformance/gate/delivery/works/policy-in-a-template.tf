# The queue's policy is a heredoc.
# Source: Terraform templatefile and heredoc policies.

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_sqs_queue" "jobs" {
  name_prefix = "jobs-"
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy    = <<-POLICY
  {
    "Version": "2012-10-17",
    "Statement": [
      {
        "Sid": "rules",
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "${aws_sqs_queue.jobs.arn}",
        "Condition": {"ArnEquals": {"aws:SourceArn": "${aws_cloudwatch_event_rule.hourly.arn}"}}
      }
    ]
  }
  POLICY
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_sqs_queue.jobs.arn
}
