resource "aws_sns_topic" "alarms" {
  name = "alarms"
}

resource "aws_sns_topic_subscription" "machine" { # expect: fail
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "lambda"
  endpoint  = "arn:aws:lambda:us-east-1:123456789012:function:page"
}
