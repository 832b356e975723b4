resource "aws_cloudwatch_event_bus" "b" { name = "orders" }
data "aws_cloudwatch_event_bus" "b" { name = aws_cloudwatch_event_bus.b.name }
resource "aws_cloudwatch_event_rule" "r" {
  name           = "r"
  event_bus_name = data.aws_cloudwatch_event_bus.b.name
  event_pattern  = jsonencode({ source = ["orders"] })
}
resource "aws_cloudwatch_event_target" "t" {
  rule           = aws_cloudwatch_event_rule.r.name
  event_bus_name = aws_cloudwatch_event_bus.b.name
  arn            = "arn:aws:lambda:us-east-1:123456789012:function:f"
}
