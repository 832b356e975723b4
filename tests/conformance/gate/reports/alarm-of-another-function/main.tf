resource "aws_lambda_function" "f" {
  function_name = "feed"
}

resource "aws_cloudwatch_metric_alarm" "a" {
  for_each            = toset(["Errors", "Throttles", "Duration"])
  alarm_name          = each.key
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  dimensions          = { FunctionName = "fed" }
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  alarm_actions       = ["arn:aws:sns:us-east-1:111122223333:t"]
}
