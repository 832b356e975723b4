# The topic is under alias/aws/sns, whose policy cannot admit CloudWatch.
# Source: Repost: alarm did not trigger, encrypted topic with the AWS managed key.
# Stops at: aws_cloudwatch_metric_alarm.errors, aws_sns_topic.pager

resource "aws_sns_topic" "pager" {
  name              = "pager"
  kms_master_key_id = "alias/aws/sns"
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
