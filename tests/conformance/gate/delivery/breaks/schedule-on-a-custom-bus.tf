# A rule with a schedule lies on a custom bus.
# Source: EventBridge: Creating a rule that runs on a schedule, default bus only.
# Stops at: aws_cloudwatch_event_rule.hourly

resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  event_bus_name      = aws_cloudwatch_event_bus.shop.name
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "work" {
  rule           = aws_cloudwatch_event_rule.hourly.name
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  arn            = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "hourly" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.hourly.arn
}
