variable "notify" {
  type    = bool
  default = false
}
resource "aws_sns_topic" "t" { name = "t" }
resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.t.arn
  protocol  = "email"
  endpoint  = "ops@example.com"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_cloudwatch_metric_alarm" "a" {
  for_each            = toset(["Errors", "Throttles", "Duration"])
  alarm_name          = "f-${each.key}"
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  statistic           = each.key == "Duration" ? "Maximum" : "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = each.key == "Duration" ? 2500 : 0
  comparison_operator = "GreaterThanThreshold"
  actions_enabled     = var.notify
  alarm_actions       = [aws_sns_topic.t.arn]
  dimensions          = { FunctionName = aws_lambda_function.f.function_name }
}
