# The permission names the group with its star.
# Source: CloudWatch Logs: Subscription filters with AWS Lambda.

resource "aws_cloudwatch_log_group" "app" {
  name = "/shop/app"
}

resource "aws_cloudwatch_log_subscription_filter" "app" {
  name            = "app"
  log_group_name  = aws_cloudwatch_log_group.app.name
  filter_pattern  = "ERROR"
  destination_arn = aws_lambda_function.work.arn
  depends_on      = [aws_lambda_permission.app]
}

resource "aws_lambda_permission" "app" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "logs.eu-west-1.amazonaws.com"
  source_arn    = "${aws_cloudwatch_log_group.app.arn}:*"
}
