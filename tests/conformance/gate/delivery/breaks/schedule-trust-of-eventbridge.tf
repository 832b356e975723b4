# The role trusts EventBridge, not the Scheduler.
# Source: EventBridge Scheduler: Execution role.
# Stops at: aws_scheduler_schedule.tidy, aws_iam_role.sends

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_iam_role" "sends" {
  name               = "sends"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "sends" {
  role   = aws_iam_role.sends.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.jobs.arn }] })
}

resource "aws_scheduler_schedule" "tidy" {
  name                = "tidy"
  schedule_expression = "rate(1 hour)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_sqs_queue.jobs.arn
    role_arn = aws_iam_role.sends.arn
  }
}
