terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.backup]
    }
  }
}
module "store" {
  source    = "./store"
  providers = { aws = aws.backup }
}
