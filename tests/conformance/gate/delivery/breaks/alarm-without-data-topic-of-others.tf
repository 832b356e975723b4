# The topic for missing data admits another service.
# Source: CloudWatch User Guide: Alarm actions
# Stops at: aws_cloudwatch_metric_alarm.errors, aws_sns_topic.calm, aws_sns_topic_policy.calm

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sns_topic" "calm" {
  name = "calm"
}

resource "aws_sns_topic_policy" "calm" {
  arn = aws_sns_topic.calm.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sns:Publish", Resource = aws_sns_topic.calm.arn }]
  })
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name                = "errors"
  namespace                 = "AWS/Lambda"
  metric_name               = "Errors"
  dimensions                = { FunctionName = "work" }
  statistic                 = "Sum"
  comparison_operator       = "GreaterThanThreshold"
  threshold                 = 0
  period                    = 60
  evaluation_periods        = 1
  alarm_actions             = [aws_sns_topic.bell.arn]
  insufficient_data_actions = [aws_sns_topic.calm.arn]
}
