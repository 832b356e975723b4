provider "aws" { region = "us-east-1" }
module "b" {
  source = "./b"
  region = "eu-west-2"
}
