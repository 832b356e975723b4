variable "dlq" {
  type    = string
  default = null
}
resource "aws_cloudwatch_event_rule" "r" {
  name                = "r"
  schedule_expression = "rate(5 minutes)"
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:f"
  dead_letter_config {
    arn = var.dlq
  }
}
