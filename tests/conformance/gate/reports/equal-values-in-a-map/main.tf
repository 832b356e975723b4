locals {
  groups = {
    trades = "7"
    quotes = "7"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = local.groups
  name              = each.key
  retention_in_days = each.value
}
