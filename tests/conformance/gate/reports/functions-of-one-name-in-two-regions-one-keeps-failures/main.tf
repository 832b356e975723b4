provider "aws" { region = "us-east-1" }
module "place" {
  source   = "./place"
  for_each = { us-east-1 = true, us-west-2 = false }
  region   = each.key
  keep     = each.value
}
