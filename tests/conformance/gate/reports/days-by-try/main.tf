locals {
  groups = {
    trades = { days = 90 }
    quotes = {}
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = local.groups
  name              = each.key
  retention_in_days = try(each.value.days, 30)
}
