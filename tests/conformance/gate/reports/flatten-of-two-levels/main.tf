locals {
  teams = { a = { groups = [{ n = "x", d = 90 }] }, b = { groups = [{ n = "x", d = 3 }, { n = "y", d = 400 }] } }
  all   = flatten([for t, v in local.teams : [for g in v.groups : merge(g, { team = t })]])
}
resource "aws_cloudwatch_log_group" "g" {
  for_each          = { for g in local.all : "${g.team}/${g.n}" => g }
  name              = each.key
  retention_in_days = each.value.d
}
