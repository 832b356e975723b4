# The scheduler names the schedule's group; the trust asks for the schedule.
# Source: EventBridge Scheduler User Guide, Confused deputy prevention.
# Stops at: aws_scheduler_schedule.nightly, aws_iam_role.run

resource "aws_iam_role" "run" {
  name = "run"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "scheduler.amazonaws.com" }, Action = "sts:AssumeRole", Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:scheduler:eu-west-1:${data.aws_caller_identity.me.account_id}:schedule/default/nightly" } } }]
  })
}

resource "aws_iam_role_policy" "run" {
  name = "run"
  role = aws_iam_role.run.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["lambda:InvokeFunction"], Resource = aws_lambda_function.work.arn }]
  })
}

resource "aws_scheduler_schedule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_function.work.arn
    role_arn = aws_iam_role.run.arn
  }
}
