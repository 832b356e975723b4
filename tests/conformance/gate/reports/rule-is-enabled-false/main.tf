variable "on" {
  type    = bool
  default = false
}

resource "aws_cloudwatch_event_rule" "r" {
  name          = "r"
  is_enabled    = var.on
  event_pattern = jsonencode({ source = ["a"] })
}

resource "aws_cloudwatch_event_target" "r" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:sns:us-east-1:111122223333:t"
}
