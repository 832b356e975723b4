# The third state of a rule is on.
# Source: EventBridge: Receiving read-only management events, rule state.

resource "aws_cloudwatch_event_rule" "calls" {
  name          = "calls"
  state         = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
  event_pattern = jsonencode({ source = ["aws.kms"], "detail-type" = ["AWS API Call via CloudTrail"] })
}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.calls.name
  arn  = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "calls" {
  statement_id_prefix = "calls"
  action              = "lambda:InvokeFunction"
  function_name       = aws_lambda_function.work.function_name
  principal           = "events.amazonaws.com"
  source_arn          = aws_cloudwatch_event_rule.calls.arn
}
