locals {
  functions = { trade = {}, quote = { quiet = true } }
  alarms = merge([for f, v in local.functions : { for m in ["Errors", "Throttles", "Duration"] : "${f}-${m}" => { f = f, m = m } if !try(v.quiet, false) }]...)
}
resource "aws_lambda_function" "f" {
  for_each      = local.functions
  function_name = "lambda-${each.key}"
  role          = "arn:aws:iam::111122223333:role/${each.key}"
}
resource "aws_sns_topic" "t" { name = "t" }
resource "aws_cloudwatch_metric_alarm" "a" {
  for_each            = local.alarms
  alarm_name          = each.key
  namespace           = "AWS/Lambda"
  metric_name         = each.value.m
  dimensions          = { FunctionName = aws_lambda_function.f[each.value.f].function_name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.t.arn]
}
