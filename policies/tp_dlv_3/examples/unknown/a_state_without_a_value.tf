variable "state" {
  type = string
}

resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
  state         = var.state # expect: unknown
}
