variable "protocol" {
  type = string
}

resource "aws_sns_topic" "alarms" {
  name = "alarms"
}

resource "aws_sns_topic_subscription" "someone" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = var.protocol # expect: unknown
  endpoint  = "desk"
}
