# The topic's own policy admits EventBridge only.
# Source: CloudWatch: Amazon SNS topic permissions for alarms.
# Stops at: aws_cloudwatch_metric_alarm.errors, aws_sns_topic.pager, aws_sns_topic_policy.pager

resource "aws_sns_topic" "pager" {
  name = "pager"
}

resource "aws_sns_topic_policy" "pager" {
  arn    = aws_sns_topic.pager.arn
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sns:Publish", Resource = aws_sns_topic.pager.arn }] })
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
