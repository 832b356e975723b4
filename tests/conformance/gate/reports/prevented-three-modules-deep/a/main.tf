module "b" {
  for_each = toset(["x"])
  source   = "./b"
}
