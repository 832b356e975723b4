variable "pattern" { type = string }
resource "aws_cloudwatch_event_rule" "r" {
  name          = "r"
  state         = "DISABLED"
  event_pattern = var.pattern
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:sqs:us-east-1:111122223333:q"
}
