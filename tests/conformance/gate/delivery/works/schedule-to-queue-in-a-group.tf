# A schedule of a group sends to a queue; the trust names account and group.
# Source: EventBridge Scheduler: Execution role, confused deputy prevention.

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_scheduler_schedule_group" "nightly" {
  name = "nightly"
}

resource "aws_iam_role" "sends" {
  name = "sends"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id }
        ArnLike      = { "aws:SourceArn" = aws_scheduler_schedule_group.nightly.arn }
      }
    }]
  })
}

resource "aws_iam_role_policy" "sends" {
  role   = aws_iam_role.sends.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.jobs.arn }] })
}

resource "aws_scheduler_schedule" "tidy" {
  name                = "tidy"
  group_name          = aws_scheduler_schedule_group.nightly.name
  schedule_expression = "cron(0 3 * * ? *)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_sqs_queue.jobs.arn
    role_arn = aws_iam_role.sends.arn
    input    = "{}"
  }
}
