module "q" { source = "./q" }
resource "aws_cloudwatch_metric_alarm" "a" {
  for_each            = module.q.dead
  alarm_name          = each.key
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = basename(each.value) }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:us-east-1:111122223333:t"]
}
