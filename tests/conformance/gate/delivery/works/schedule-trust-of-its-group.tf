# Schedule trust of its group.
# Source: EventBridge Scheduler User Guide: Confused deputy prevention

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_scheduler_schedule_group" "market" {
  name = "market"
}

resource "aws_iam_role" "send" {
  name = "send"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { ArnEquals = { "aws:SourceArn" = aws_scheduler_schedule_group.market.arn } }
    }]
  })
}

resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.send.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.jobs.arn }] })
}

resource "aws_scheduler_schedule" "tick" {
  name                = "tick"
  group_name          = aws_scheduler_schedule_group.market.name
  schedule_expression = "rate(1 hour)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_sqs_queue.jobs.arn
    role_arn = aws_iam_role.send.arn
  }
}
