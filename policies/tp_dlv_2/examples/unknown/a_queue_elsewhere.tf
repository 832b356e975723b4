resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

variable "lost" {
  type = string
}

resource "aws_cloudwatch_event_target" "trade" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = "arn:aws:sqs:us-east-1:123456789012:elsewhere"
  dead_letter_config {
    arn = var.lost # expect: unknown
  }
}
