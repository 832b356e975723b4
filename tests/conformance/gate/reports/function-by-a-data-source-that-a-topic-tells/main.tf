module "f" { source = "./f" }
module "t" {
  source   = "./t"
  function = module.f.name
}
