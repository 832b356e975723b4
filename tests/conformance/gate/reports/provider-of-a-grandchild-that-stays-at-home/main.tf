provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "edge"
  region = "us-east-1"
}
module "site" {
  source    = "./site"
  providers = { aws = aws, aws.edge = aws.edge }
}
