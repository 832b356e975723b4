locals {
  defaults = { retention = 14, key = null }
  groups   = { a = { retention = 90 }, b = {} }
}
resource "aws_cloudwatch_log_group" "g" {
  for_each          = { for k, v in local.groups : k => merge(local.defaults, v) }
  name              = each.key
  retention_in_days = lookup(each.value, "retention", 90)
}
