resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  filename      = "a.zip"
}

resource "aws_cloudwatch_metric_alarm" "feed" {
  for_each            = toset(["Errors", "Throttles", "Duration"])
  alarm_name          = "feed-${each.key}"
  evaluation_periods  = 2
  comparison_operator = "GreaterThanUpperThreshold"
  threshold_metric_id = "band"
  alarm_actions       = ["arn:aws:sns:us-east-1:111122223333:people"]

  metric_query {
    id          = "band"
    expression  = "ANOMALY_DETECTION_BAND(m)"
    return_data = true
  }

  metric_query {
    id          = "m"
    return_data = true
    metric {
      namespace   = "AWS/Lambda"
      metric_name = each.key
      period      = 300
      stat        = "Average"
      dimensions  = { FunctionName = aws_lambda_function.feed.function_name }
    }
  }
}
