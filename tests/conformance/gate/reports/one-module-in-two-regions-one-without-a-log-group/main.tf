provider "aws" { region = "us-east-1" }
module "fn" {
  source   = "./fn"
  for_each = { us-east-1 = true, eu-west-2 = false }
  region   = each.key
  log      = each.value
}
