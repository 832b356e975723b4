# The permission was forgotten.
# Source: Repost: EventBridge rule does not invoke the function.
# Stops at: aws_cloudwatch_event_target.work, aws_lambda_function.work

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_lambda_function.work.arn
}
