# What is forwarded lacks the field that is asked for.
# Source: EventBridge: Comparison operators, exists matching.
# Stops at: aws_cloudwatch_event_rule.forward, aws_cloudwatch_event_rule.collect, aws_cloudwatch_event_target.central

resource "aws_cloudwatch_event_bus" "central" {
  name = "central"
}

resource "aws_cloudwatch_event_rule" "forward" {
  name          = "forward"
  event_pattern = jsonencode({ source = ["market"], detail = { halted = [{ exists = false }] } })
}

resource "aws_iam_role" "events" {
  name               = "events"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "events" {
  role   = aws_iam_role.events.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "events:PutEvents", Resource = "*" }] })
}

resource "aws_cloudwatch_event_target" "central" {
  rule     = aws_cloudwatch_event_rule.forward.name
  arn      = aws_cloudwatch_event_bus.central.arn
  role_arn = aws_iam_role.events.arn
}

resource "aws_cloudwatch_event_rule" "collect" {
  name           = "collect"
  event_bus_name = aws_cloudwatch_event_bus.central.name
  event_pattern  = jsonencode({ source = ["market"], detail = { halted = ["yes"] } })
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.jobs.arn }] })
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule           = aws_cloudwatch_event_rule.collect.name
  event_bus_name = aws_cloudwatch_event_bus.central.name
  arn            = aws_sqs_queue.jobs.arn
}
