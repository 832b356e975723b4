provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
module "east" { source = "./queue" }
module "west" {
  source    = "./queue"
  providers = { aws = aws.west }
}
