provider "aws" { region = "us-east-1" }
module "place" {
  source   = "./place"
  for_each = toset(["us-east-1", "us-west-2"])
  region   = each.key
}
