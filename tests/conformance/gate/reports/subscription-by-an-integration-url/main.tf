resource "aws_sns_topic_subscription" "pager" {
  topic_arn = "arn:aws:sns:us-east-1:111122223333:alarms"
  protocol  = "https"
  endpoint  = "https://events.pagerduty.com/integration/e23b7ac193fe04072755398003680e7e/enqueue"
}
