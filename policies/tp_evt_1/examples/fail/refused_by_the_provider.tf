resource "aws_cloudwatch_event_rule" "nothing" { # expect: fail
  name = "nothing"
}

resource "aws_cloudwatch_event_target" "nothing" {
  rule = aws_cloudwatch_event_rule.nothing.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:x"
}

resource "aws_cloudwatch_event_rule" "no_json" {
  name          = "no_json"
  event_pattern = "{source: [marketdata]}" # expect: fail
}

resource "aws_cloudwatch_event_target" "no_json" {
  rule = aws_cloudwatch_event_rule.no_json.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:x"
}
