module "audit" {
  source            = "./modules/log"
  create            = true
  retention_in_days = 14
}
