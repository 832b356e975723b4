variable "days" {
  default = {
  }
}

locals {
  kept = { trades: 7,
    orders: 400 }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = local.kept
  name              = each.key
  retention_in_days = each.value
}
