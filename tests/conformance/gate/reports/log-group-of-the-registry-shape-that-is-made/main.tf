module "f" { source = "./f" }
