resource "aws_sns_topic" "alarms" {
  name = "alarms"
}

# Nothing is redriven to people.
resource "aws_sns_topic_subscription" "desk" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = "desk@example.com"
}
