module "fn" { source = "./fn" }
resource "aws_sns_topic" "t" { name = "t" }
resource "aws_cloudwatch_metric_alarm" "a" {
  for_each            = toset(["Errors", "Throttles", "Duration"])
  alarm_name          = each.key
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  dimensions          = { FunctionName = split(":", module.fn.arn)[6] }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.t.arn]
}
