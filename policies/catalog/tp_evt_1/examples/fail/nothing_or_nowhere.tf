resource "aws_cloudwatch_event_rule" "nowhere" { # expect: fail
  name          = "nowhere"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_cloudwatch_event_rule" "nothing" { # expect: fail
  name = "nothing"
}

resource "aws_cloudwatch_event_target" "nothing" {
  rule = aws_cloudwatch_event_rule.nothing.name
  arn  = "x"
}

resource "aws_cloudwatch_event_rule" "empty" {
  name          = "empty"
  event_pattern = "{}" # expect: fail
}

resource "aws_cloudwatch_event_target" "empty" {
  rule = aws_cloudwatch_event_rule.empty.name
  arn  = "x"
}

resource "aws_cloudwatch_event_rule" "no_json" {
  name          = "no_json"
  event_pattern = "{source: [marketdata]}" # expect: fail
}

resource "aws_cloudwatch_event_target" "no_json" {
  rule = aws_cloudwatch_event_rule.no_json.name
  arn  = "x"
}

resource "aws_cloudwatch_event_rule" "no_schedule" {
  name                = "no_schedule"
  schedule_expression = "rate(1 minutes)" # expect: fail
}

resource "aws_cloudwatch_event_target" "no_schedule" {
  rule = aws_cloudwatch_event_rule.no_schedule.name
  arn  = "x"
}
