provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
module "east" {
  source = "./fn"
  allow  = true
}
module "west" {
  source    = "./fn"
  allow     = false
  providers = { aws = aws.west }
}
