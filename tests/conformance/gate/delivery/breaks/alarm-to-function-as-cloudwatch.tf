# The permission admits cloudwatch.amazonaws.com, which is not who calls.
# Source: CloudWatch: Alarm actions, Lambda functions.
# Stops at: aws_cloudwatch_metric_alarm.errors, aws_lambda_function.work, aws_lambda_permission.errors

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
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "cloudwatch.amazonaws.com"
  source_arn    = aws_cloudwatch_metric_alarm.errors.arn
}
