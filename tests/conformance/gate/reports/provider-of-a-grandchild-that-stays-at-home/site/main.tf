terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.edge]
    }
  }
}
module "store" {
  source    = "./store"
  providers = { aws = aws.edge }
}
