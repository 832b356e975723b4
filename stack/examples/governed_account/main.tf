# An account with rules: roles under a path and within a boundary, functions in a VPC, and a package that was signed and
# lies in S3. What the account gives is taken as variables; nothing of it is made here.
provider "aws" {
  region = var.region
}

module "market_data" {
  source = "../../modules/market_data_system"

  code_signing_config_arn  = var.code_signing_config_arn
  environment_suffix       = var.environment_suffix
  lambda_zip_s3            = var.package
  permissions_boundary_arn = var.permissions_boundary_arn
  region                   = var.region
  role_path                = var.role_path
  vpc                      = var.vpc
}
