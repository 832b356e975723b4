module "t" { source = "./t" }
