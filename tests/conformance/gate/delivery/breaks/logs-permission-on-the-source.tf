# The permission is on the function that makes the log, not on the one that reads it.
# Source: aws/serverless-application-model, issue 315.
# Stops at: aws_cloudwatch_log_subscription_filter.app, aws_lambda_permission.logs, aws_lambda_function.work

resource "aws_cloudwatch_log_group" "app" {
  name = "/app"
}

resource "aws_lambda_function" "source" {
  function_name = "source"
  role          = aws_iam_role.work.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"
  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.work.name
  }
}

resource "aws_lambda_permission" "logs" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.source.function_name
  principal     = "logs.amazonaws.com"
  source_arn    = "${aws_cloudwatch_log_group.app.arn}:*"
}

resource "aws_cloudwatch_log_subscription_filter" "app" {
  name            = "app"
  log_group_name  = aws_cloudwatch_log_group.app.name
  filter_pattern  = ""
  destination_arn = aws_lambda_function.work.arn
}
