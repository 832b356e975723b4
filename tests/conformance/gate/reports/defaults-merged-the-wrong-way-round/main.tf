locals {
  defaults = { days = 7 }
  groups = {
    trade = { days = 365 }
  }
}
module "log" {
  source   = "./log"
  for_each = { for k, v in local.groups : k => merge(v, local.defaults) }
  settings = each.value
}
