resource "aws_cloudwatch_event_bus" "b" { name = "market" }
resource "aws_cloudwatch_event_rule" "r" {
  name           = "r"
  event_bus_name = aws_cloudwatch_event_bus.b.name
  event_pattern  = jsonencode({ source = ["feeds"] })
}
resource "aws_cloudwatch_event_target" "t" {
  rule           = aws_cloudwatch_event_rule.r.id
  event_bus_name = aws_cloudwatch_event_bus.b.name
  arn            = "arn:aws:sqs:us-east-1:111122223333:q"
}
