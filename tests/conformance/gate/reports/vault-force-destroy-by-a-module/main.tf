module "backup" {
  source                     = "./backup"
  backup_vault_force_destroy = true
}
