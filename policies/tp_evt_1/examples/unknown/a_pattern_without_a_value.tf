variable "sources" {
  type = list(string)
}

resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = var.sources }) # expect: unknown
}

resource "aws_cloudwatch_event_target" "trade" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:x"
}
