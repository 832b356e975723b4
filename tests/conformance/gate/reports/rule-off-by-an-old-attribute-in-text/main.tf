variable "on" {
  type    = string
  default = "false"
}
resource "aws_cloudwatch_event_rule" "r" {
  name                = "r"
  is_enabled          = var.on
  schedule_expression = "rate(5 minutes)"
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:sqs:us-east-1:123456789012:q"
}
