module "audit" {
  source            = "./modules/log"
  create            = false
  retention_in_days = 14
}
module "events" {
  source            = "./modules/log"
  retention_in_days = 365
}
