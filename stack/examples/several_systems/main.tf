# Several systems in one account and one state, each with its own names, keys, tables and audit log.
provider "aws" {
  region = var.region
}

module "market_data" {
  source   = "../../modules/market_data_system"
  for_each = var.systems

  environment_suffix = "${each.key}-${var.environment_suffix}"
  lambda_zip_path    = var.lambda_zip_path
  log_retention_days = each.value.log_retention_days
  region             = var.region
  routes             = each.value.routes
  venues             = each.value.venues
}
