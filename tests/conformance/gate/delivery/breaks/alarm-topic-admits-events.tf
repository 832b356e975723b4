# Alarms come from CloudWatch, and the topic admits EventBridge.
# Source: cloudposse/terraform-aws-cloudtrail-cloudwatch-alarms, pull request 13.
# Stops at: aws_cloudwatch_metric_alarm.errors, aws_sns_topic_policy.bell, aws_sns_topic.bell

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sns_topic_policy" "bell" {
  arn = aws_sns_topic.bell.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.bell.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id } }
    }]
  })
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { FunctionName = aws_lambda_function.work.function_name }
  alarm_actions       = [aws_sns_topic.bell.arn]
}
