# Alarms as they should be, one of which Terraform leaves to whoever changes its threshold.
resource "aws_lambda_function" "trade" {
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_cloudwatch_metric_alarm" "trade" {
  for_each            = toset(["Throttles", "Duration"])
  alarm_name          = "trade-${each.key}"
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  dimensions          = { FunctionName = aws_lambda_function.trade.function_name }
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 60
  statistic           = "Maximum"
  threshold           = 0
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alarms"]
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "trade-errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.trade.function_name }
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alarms"]
  lifecycle {
    ignore_changes = [threshold] # expect: fail
  }
}
