# CloudWatch Logs calls as the group's ARN with a star behind it.
# Source: CloudWatch Logs User Guide, Subscription filters with Lambda.
# Stops at: aws_cloudwatch_log_subscription_filter.app, aws_lambda_permission.placed, aws_lambda_function.work

resource "aws_lambda_permission" "placed" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "logs.amazonaws.com"
  source_arn    = "arn:aws:logs:eu-west-1:${data.aws_caller_identity.me.account_id}:log-group:/app"
}

resource "aws_cloudwatch_log_group" "app" {
  name = "/app"
}

resource "aws_cloudwatch_log_subscription_filter" "app" {
  name            = "app"
  log_group_name  = aws_cloudwatch_log_group.app.name
  filter_pattern  = ""
  destination_arn = aws_lambda_function.work.arn
}
