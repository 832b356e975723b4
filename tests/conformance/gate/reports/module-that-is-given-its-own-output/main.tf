module "m" {
  source = "./m"
  d      = module.m.five
}
