provider "aws" { region = "us-east-1" }
module "logs" {
  for_each = toset(["us-east-1", "eu-west-1"])
  source   = "./logs"
  region   = each.value
}
