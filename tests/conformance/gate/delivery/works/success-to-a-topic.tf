# Success to a topic.
# Source: Lambda Developer Guide: Destinations

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.bell.arn }] })
}

resource "aws_lambda_function_event_invoke_config" "work" {
  function_name = aws_lambda_function.work.function_name
  destination_config {
    on_success {
      destination = aws_sns_topic.bell.arn
    }
  }
}

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "work" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.hourly.arn
}
