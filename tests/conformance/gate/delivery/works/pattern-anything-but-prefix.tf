# Pattern anything but prefix.
# Source: EventBridge User Guide: Event patterns

resource "aws_cloudwatch_event_bus" "market" {
  name = "market"
}

resource "aws_cloudwatch_event_rule" "trades" {
  name           = "trades"
  event_bus_name = aws_cloudwatch_event_bus.market.name
  event_pattern  = jsonencode({ source = [{ anything-but = { prefix = "aws." } }] })
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule           = aws_cloudwatch_event_rule.trades.name
  event_bus_name = aws_cloudwatch_event_bus.market.name
  arn            = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "work" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.trades.arn
}
