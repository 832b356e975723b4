variable "environment_suffix" {
  default = "dev"
}


locals {
  rules = { orders = "acme.orders", trades = "acme.trades" }
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each      = local.rules
  name          = each.key
  event_pattern = jsonencode({ source = [each.value] })
}
