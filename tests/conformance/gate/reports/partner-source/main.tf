resource "aws_cloudwatch_event_bus" "p" {
  name              = "aws.partner/example.com/feed"
  event_source_name = "aws.partner/example.com/feed"
}

resource "aws_cloudwatch_event_rule" "p" {
  name           = "p"
  event_bus_name = aws_cloudwatch_event_bus.p.name
  event_pattern  = jsonencode({ source = [{ prefix = "aws.partner/example.com" }] })
}

resource "aws_cloudwatch_event_target" "p" {
  rule           = aws_cloudwatch_event_rule.p.name
  event_bus_name = aws_cloudwatch_event_bus.p.name
  arn            = "arn:aws:sns:us-east-1:111122223333:t"
}
