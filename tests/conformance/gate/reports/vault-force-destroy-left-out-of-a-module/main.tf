module "backup" {
  source = "./backup"
}
