locals {
  rules = {
    orders  = { bus = "orders", source = ["shop.orders"] }
    default = { bus = "default", source = ["aws.ec2"] }
  }
}
resource "aws_cloudwatch_event_bus" "b" { name = "orders" }
resource "aws_cloudwatch_event_rule" "r" {
  for_each       = local.rules
  name           = each.key
  event_bus_name = each.value.bus
  event_pattern  = jsonencode({ source = each.value.source })
}
resource "aws_cloudwatch_event_target" "t" {
  for_each = local.rules
  rule     = aws_cloudwatch_event_rule.r[each.key].name
  arn      = "arn:aws:sqs:us-east-1:123456789012:q"
}
