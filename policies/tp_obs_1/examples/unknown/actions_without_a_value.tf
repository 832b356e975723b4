variable "actions" {
  type = list(string)
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_cloudwatch_metric_alarm" "trade" {
  for_each            = toset(["Errors", "Throttles", "Duration"])
  alarm_name          = "trade-${each.key}"
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  dimensions          = { FunctionName = aws_lambda_function.trade.function_name }
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  alarm_actions       = var.actions # expect: unknown
}
