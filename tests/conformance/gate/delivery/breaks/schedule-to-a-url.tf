# The schedule's target is the queue's URL.
# Source: EventBridge Scheduler API Reference, Target.
# Stops at: aws_scheduler_schedule.nightly

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_iam_role" "run" {
  name = "run"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "scheduler.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "run" {
  name = "run"
  role = aws_iam_role.run.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage"], Resource = aws_sqs_queue.jobs.arn }]
  })
}

resource "aws_scheduler_schedule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_sqs_queue.jobs.url
    role_arn = aws_iam_role.run.arn
  }
}
