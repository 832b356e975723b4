resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  filename      = "a.zip"
}

resource "aws_cloudwatch_metric_alarm" "all" {
  for_each            = { Errors = "SUM", Throttles = "SUM", Duration = "MAX" }
  alarm_name          = "all-${each.key}"
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:us-east-1:111122223333:people"]

  metric_query {
    id          = "q"
    expression  = "SELECT ${each.value}(${each.key}) FROM SCHEMA(\"AWS/Lambda\", FunctionName)"
    period      = 60
    return_data = true
  }
}
