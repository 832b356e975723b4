resource "aws_cloudwatch_event_rule" "nowhere" { # expect: fail
  name          = "nowhere"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_cloudwatch_event_rule" "empty" {
  name          = "empty"
  event_pattern = "{}" # expect: fail
}

resource "aws_cloudwatch_event_target" "empty" {
  rule = aws_cloudwatch_event_rule.empty.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:x"
}

resource "aws_cloudwatch_event_rule" "no_schedule" {
  name                = "no_schedule"
  schedule_expression = "rate(1 minutes)" # expect: fail
}

resource "aws_cloudwatch_event_target" "no_schedule" {
  rule = aws_cloudwatch_event_rule.no_schedule.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:x"
}
