module "table" {
  for_each = { orders = true, carts = false }
  source   = "./t"
  name     = each.key
  recovery = each.value
}
