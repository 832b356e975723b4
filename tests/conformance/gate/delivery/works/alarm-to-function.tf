# An alarm calls a function that admits it.
# Source: CloudWatch: Alarm actions, Lambda functions.

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "ApproximateNumberOfMessagesVisible"
  namespace           = "AWS/SQS"
  period              = 60
  statistic           = "Maximum"
  threshold           = 0
  dimensions          = { QueueName = "jobs" }
  alarm_actions       = [aws_lambda_function.work.arn]
}

resource "aws_lambda_permission" "errors" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.work.function_name
  principal      = "lambda.alarms.cloudwatch.amazonaws.com"
  source_account = data.aws_caller_identity.me.account_id
  source_arn     = aws_cloudwatch_metric_alarm.errors.arn
}
