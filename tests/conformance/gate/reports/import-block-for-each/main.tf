locals {
  groups = { trades = "/feeds/trades", quotes = "/feeds/quotes" }
}

import {
  for_each = local.groups
  to       = aws_cloudwatch_log_group.this[each.key]
  id       = each.value
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = local.groups
  name              = each.value
  retention_in_days = 60
}
