variable "environment_suffix" {
  default = "dev"
}


locals {
  rules = { "orders-${var.environment_suffix}" = "acme.orders", "trades-${var.environment_suffix}" = "acme.trades" }
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each      = local.rules
  name          = each.key
  event_pattern = jsonencode({ source = [each.value] })
}
