# The role may describe the state machine, not start it.
# Source: EventBridge: Identity-based policies, Step Functions target.
# Stops at: aws_cloudwatch_event_target.settle, aws_iam_role.events, aws_iam_role_policy.events

resource "aws_iam_role" "machine" {
  name               = "machine"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "states.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_sfn_state_machine" "settle" {
  name       = "settle"
  role_arn   = aws_iam_role.machine.arn
  definition = jsonencode({ StartAt = "done", States = { done = { Type = "Succeed" } } })
}

resource "aws_cloudwatch_event_rule" "closed" {
  name          = "closed"
  event_pattern = jsonencode({ source = ["market"], "detail-type" = ["closed"] })
}

resource "aws_iam_role" "events" {
  name               = "events"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "events" {
  role   = aws_iam_role.events.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "states:DescribeStateMachine", Resource = aws_sfn_state_machine.settle.arn }] })
}

resource "aws_cloudwatch_event_target" "settle" {
  rule     = aws_cloudwatch_event_rule.closed.name
  arn      = aws_sfn_state_machine.settle.arn
  role_arn = aws_iam_role.events.arn
}
