provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
module "east" {
  source = "./queue"
  alarms = true
}
module "west" {
  source    = "./queue"
  alarms    = false
  providers = { aws = aws.west }
}
