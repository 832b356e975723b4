# The permission admits SNS.
# Source: Repost: EventBridge rule does not invoke the function.
# Stops at: aws_cloudwatch_event_target.work, aws_lambda_function.work, aws_lambda_permission.hourly

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "hourly" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.hourly.arn
}
