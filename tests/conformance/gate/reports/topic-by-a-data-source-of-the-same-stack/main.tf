resource "aws_sns_topic" "alarms" { name = "alarms" }
resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = "ops@example.com"
}
data "aws_sns_topic" "alarms" { name = aws_sns_topic.alarms.name }
data "aws_lambda_function" "f" { function_name = aws_lambda_function.f.function_name }
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_cloudwatch_metric_alarm" "a" {
  for_each            = { Errors = "Sum", Throttles = "Sum", Duration = "Maximum" }
  alarm_name          = "f-${each.key}"
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  statistic           = each.value
  period              = 60
  evaluation_periods  = 1
  threshold           = each.key == "Duration" ? 2500 : 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [data.aws_sns_topic.alarms.arn]
  dimensions          = { FunctionName = data.aws_lambda_function.f.function_name }
}
