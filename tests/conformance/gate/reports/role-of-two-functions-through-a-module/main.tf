module "role" { source = "./role" }
module "fn" {
  source   = "./fn"
  for_each = toset(["a", "b"])
  name     = each.key
  role     = module.role.arn
}
