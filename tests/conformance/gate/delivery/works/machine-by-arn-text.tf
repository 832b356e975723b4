# The state machine's ARN is put together by hand.
# Source: Terraform: ARN written out with account and region.

resource "aws_iam_role" "machine" {
  name               = "machine"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "states.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_sfn_state_machine" "settle" {
  name       = "settle"
  role_arn   = aws_iam_role.machine.arn
  definition = jsonencode({ StartAt = "done", States = { done = { Type = "Succeed" } } })
}

resource "aws_iam_role" "starts" {
  name               = "starts"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = ["scheduler.amazonaws.com", "events.amazonaws.com"] }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "starts" {
  role   = aws_iam_role.starts.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "states:StartExecution", Resource = "arn:aws:states:eu-west-1:${data.aws_caller_identity.me.account_id}:stateMachine:settle" }] })
}

resource "aws_scheduler_schedule" "nightly" {
  name                = "nightly"
  schedule_expression = "cron(0 1 * * ? *)"
  flexible_time_window {
    mode                      = "FLEXIBLE"
    maximum_window_in_minutes = 15
  }
  target {
    arn      = aws_sfn_state_machine.settle.arn
    role_arn = aws_iam_role.starts.arn
  }
}
