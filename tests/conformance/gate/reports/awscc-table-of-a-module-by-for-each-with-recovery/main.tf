module "table" {
  for_each = { orders = "PAY_PER_REQUEST", carts = "PAY_PER_REQUEST" }
  source   = "./t"
  name     = each.key
  mode     = each.value
}
