# An alarm publishes to a topic that has only its default policy.
# Source: CloudWatch: Amazon SNS topic permissions for alarms; the default topic policy.

resource "aws_sns_topic" "pager" {
  name = "pager"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  dimensions          = { FunctionName = aws_lambda_function.work.function_name }
  alarm_actions       = [aws_sns_topic.pager.arn]
}
