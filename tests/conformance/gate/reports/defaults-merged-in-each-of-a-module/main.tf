locals {
  defaults = { days = 90, class = "STANDARD" }
  groups = {
    trade = {}
    quote = { days = 7 }
  }
}
module "log" {
  source   = "./log"
  for_each = { for k, v in local.groups : k => merge(local.defaults, v) }
  name     = each.key
  settings = each.value
}
