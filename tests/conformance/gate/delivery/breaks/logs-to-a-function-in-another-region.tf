# A log group is subscribed to by functions of its own region.
# Source: Amazon CloudWatch Logs User Guide: Log group-level subscription filters.
# Stops at: aws_cloudwatch_log_subscription_filter.app, aws_lambda_function.work, aws_lambda_permission.logs

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

resource "aws_cloudwatch_log_group" "app" {
  provider = aws.west
  name = "/app"
}

resource "aws_lambda_permission" "logs" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "logs.us-west-2.amazonaws.com"
  source_arn    = "${aws_cloudwatch_log_group.app.arn}:*"
}

resource "aws_cloudwatch_log_subscription_filter" "app" {
  provider        = aws.west
  name            = "app"
  log_group_name  = aws_cloudwatch_log_group.app.name
  filter_pattern  = ""
  destination_arn = aws_lambda_function.work.arn
}
