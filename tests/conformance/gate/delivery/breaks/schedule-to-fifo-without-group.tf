# A FIFO queue needs a message group, and the schedule gives none.
# Source: EventBridge Scheduler: Templated targets, SqsParameters.
# Stops at: aws_scheduler_schedule.tidy, aws_sqs_queue.jobs

resource "aws_sqs_queue" "jobs" {
  name                        = "jobs.fifo"
  fifo_queue                  = true
  content_based_deduplication = true
}

resource "aws_iam_role" "sends" {
  name               = "sends"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "scheduler.amazonaws.com" }, Action = "sts:AssumeRole" }] })
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
