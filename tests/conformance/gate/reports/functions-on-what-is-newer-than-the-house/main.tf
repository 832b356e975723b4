locals {
  functions = { api = "python3.11", etl = "python3.13" }
}
module "f" {
  for_each = local.functions
  source   = "./f"
  name     = each.key
  runtime  = each.value
}
