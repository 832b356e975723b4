locals {
  services = [
    { name = "a", tier = "gold" }, { name = "b", tier = "lead" }, { name = "c", tier = "lead" },
  ]
  tiers = { for one in local.services : one.tier => one.name... }
  days  = { gold = 365, lead = 5 }
}
resource "aws_cloudwatch_log_group" "g" {
  for_each          = { for pair in flatten([for tier, names in local.tiers : [for name in names : { name = name, tier = tier }]]) : pair.name => pair }
  name              = "/svc/${each.key}"
  retention_in_days = local.days[each.value.tier]
}
