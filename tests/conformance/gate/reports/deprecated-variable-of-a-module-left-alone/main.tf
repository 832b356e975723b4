module "logs" { source = "./logs" }
