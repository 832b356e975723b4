# One system, called from a repository of your own. There, the source is the repository that publishes the module:
#   source = "git::https://YOUR-GIT-HOST/tapeproof.git//stack/modules/market_data_system?ref=TAG"
provider "aws" {
  region = var.region

  default_tags {
    tags = { Application = "market-data", Environment = var.environment_suffix }
  }
}

module "market_data" {
  source = "../../modules/market_data_system"

  environment_suffix = var.environment_suffix
  lambda_zip_path    = var.lambda_zip_path
  region             = var.region
  venues             = var.venues
}
