# A permission without a source admits every rule; that is wide, and it delivers.
# Source: Lambda: Granting function access to AWS services.

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  event_bus_name      = "default"
  schedule_expression = "cron(0 * * * ? *)"
}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_lambda_function.work.arn
  input_transformer {
    input_paths    = { at = "$.time" }
    input_template = "{\"at\": <at>}"
  }
}

resource "aws_lambda_permission" "hourly" {
  action        = "lambda:*"
  function_name = aws_lambda_function.work.arn
  principal     = "events.amazonaws.com"
}
