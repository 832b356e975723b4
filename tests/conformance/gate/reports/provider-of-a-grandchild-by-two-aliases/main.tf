provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "dr"
  region = "us-west-2"
}
module "site" {
  source    = "./site"
  providers = { aws = aws, aws.backup = aws.dr }
}
