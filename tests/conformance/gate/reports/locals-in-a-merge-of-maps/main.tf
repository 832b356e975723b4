locals {
  defaults = { days = 90 }
  groups = {
    a = {}
    b = { days = 1 }
  }
}

resource "aws_cloudwatch_log_group" "g" {
  for_each          = { for k, v in local.groups : k => merge(local.defaults, v) }
  name              = each.key
  retention_in_days = each.value.days
}
