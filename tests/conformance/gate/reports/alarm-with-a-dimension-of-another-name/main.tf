resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  filename      = "a.zip"
}

resource "aws_sns_topic" "people" {
  name = "people"
}

resource "aws_cloudwatch_metric_alarm" "feed" {
  for_each            = toset(["Errors", "Throttles", "Duration"])
  alarm_name          = "feed-${each.key}"
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  dimensions          = { FeedFunctionName = aws_lambda_function.feed.function_name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.people.arn]
}
