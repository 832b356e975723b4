locals {
  rules = { a = "feeds.a", b = "feeds.b" }
}
resource "aws_cloudwatch_event_rule" "r" {
  for_each      = local.rules
  name          = each.key
  event_pattern = jsonencode({ source = [each.value] })
}
resource "aws_cloudwatch_event_target" "t" {
  for_each = { for k, v in local.rules : k => v if k != "b" }
  rule     = aws_cloudwatch_event_rule.r[each.key].name
  arn      = "arn:aws:sqs:us-east-1:123456789012:q"
}
