# A universal target: the role needs the action of the API.
# Source: EventBridge Scheduler: Using universal targets.

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
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
    arn      = "arn:aws:scheduler:::aws-sdk:sqs:sendMessage"
    role_arn = aws_iam_role.sends.arn
    input    = jsonencode({ MessageBody = "tidy", QueueUrl = aws_sqs_queue.jobs.url })
  }
}
