# A rule forwards to another bus of the account through a role; a rule there takes it.
# Source: EventBridge: Sending and receiving events between event buses in the same account.

resource "aws_cloudwatch_event_bus" "central" {
  name = "central"
}

resource "aws_cloudwatch_event_rule" "forward" {
  name          = "forward"
  event_pattern = jsonencode({ source = ["market"] })
}

resource "aws_iam_role" "events" {
  name               = "events"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }] })
  inline_policy {
    name   = "forward"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "events:PutEvents", Resource = aws_cloudwatch_event_bus.central.arn }] })
  }
}

resource "aws_cloudwatch_event_target" "central" {
  rule     = aws_cloudwatch_event_rule.forward.name
  arn      = aws_cloudwatch_event_bus.central.arn
  role_arn = aws_iam_role.events.arn
}

resource "aws_cloudwatch_event_rule" "collect" {
  name           = "collect"
  event_bus_name = aws_cloudwatch_event_bus.central.name
  event_pattern  = jsonencode({ source = ["market"] })
}

resource "aws_cloudwatch_event_target" "work" {
  rule           = aws_cloudwatch_event_rule.collect.name
  event_bus_name = aws_cloudwatch_event_bus.central.name
  arn            = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "collect" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.collect.arn
}
