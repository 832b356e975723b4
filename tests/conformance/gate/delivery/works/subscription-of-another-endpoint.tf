# A topic tells an address and a telephone.
# Source: SNS: HTTPS endpoints, SMS.

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sns_topic_subscription" "pager" {
  for_each               = { https = "https://pager.example/hook", sms = "+15550100" }
  topic_arn              = aws_sns_topic.bell.arn
  protocol               = each.key
  endpoint               = each.value
  endpoint_auto_confirms = true
}
