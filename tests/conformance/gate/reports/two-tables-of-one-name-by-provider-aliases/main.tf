provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
module "east" {
  source = "./t"
  stream = true
}
module "west" {
  source    = "./t"
  stream    = false
  providers = { aws = aws.west }
}
