# A topic tells a person.
# Source: SNS: Email notifications.

resource "aws_sns_topic" "bell" {
  name              = "bell"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "desk" {
  topic_arn = aws_sns_topic.bell.arn
  protocol  = "email"
  endpoint  = "desk@example.com"
}
