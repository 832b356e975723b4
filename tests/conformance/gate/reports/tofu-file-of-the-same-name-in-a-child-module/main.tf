module "role" { source = "./role" }
