module "fn" {
  source   = "./fn"
  for_each = toset(["a", "b"])
  name     = each.key
}
