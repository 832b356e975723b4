module "b" { source = "./b" }
