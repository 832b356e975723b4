# The function admits the logs service of another region.
# Source: dougmoscrop/serverless-plugin-log-subscription, issue 6.
# Stops at: aws_cloudwatch_log_subscription_filter.app, aws_lambda_permission.logs, aws_lambda_function.work

resource "aws_cloudwatch_log_group" "app" {
  name = "/app"
}

resource "aws_lambda_permission" "logs" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "logs.us-east-1.amazonaws.com"
  source_arn    = "${aws_cloudwatch_log_group.app.arn}:*"
}

resource "aws_cloudwatch_log_subscription_filter" "app" {
  name            = "app"
  log_group_name  = aws_cloudwatch_log_group.app.name
  filter_pattern  = ""
  destination_arn = aws_lambda_function.work.arn
}
