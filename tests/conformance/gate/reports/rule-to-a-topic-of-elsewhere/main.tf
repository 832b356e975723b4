resource "aws_cloudwatch_event_rule" "alarm" {
  name          = "alarm"
  event_pattern = jsonencode({ source = ["aws.cloudwatch"] })
}

resource "aws_sns_topic" "people" {
  name = "people"
}

resource "aws_cloudwatch_event_target" "people" {
  rule = aws_cloudwatch_event_rule.alarm.name
  arn  = "arn:aws:sns:us-east-1:111122223333:alarms-of-others"
}
