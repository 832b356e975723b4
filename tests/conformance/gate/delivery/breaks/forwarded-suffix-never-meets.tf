# What is forwarded ends in another word.
# Source: EventBridge User Guide: Event patterns
# Stops at: aws_cloudwatch_event_rule.trades, aws_cloudwatch_event_target.out, aws_cloudwatch_event_rule.out

resource "aws_cloudwatch_event_bus" "one" {
  name = "one"
}

resource "aws_cloudwatch_event_bus" "two" {
  name = "two"
}

resource "aws_iam_role" "send" {
  name               = "send"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.send.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["events:PutEvents"], Resource = "*" }] })
}

resource "aws_cloudwatch_event_rule" "out" {
  name           = "out"
  event_bus_name = aws_cloudwatch_event_bus.one.name
  event_pattern  = jsonencode({ source = [{ suffix = ".trade" }] })
}

resource "aws_cloudwatch_event_target" "out" {
  rule           = aws_cloudwatch_event_rule.out.name
  event_bus_name = aws_cloudwatch_event_bus.one.name
  arn            = aws_cloudwatch_event_bus.two.arn
  role_arn       = aws_iam_role.send.arn
}

resource "aws_cloudwatch_event_rule" "trades" {
  name           = "trades"
  event_bus_name = aws_cloudwatch_event_bus.two.name
  event_pattern  = jsonencode({ source = ["market.quote", { wildcard = "*.book" }] })
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule           = aws_cloudwatch_event_rule.trades.name
  event_bus_name = aws_cloudwatch_event_bus.two.name
  arn            = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "work" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.trades.arn
}
