provider "aws" { region = "us-east-1" }
locals {
  places = { for p in setproduct(["trades", "quotes"], ["us-east-1", "ca-central-1"]) : join("/", p) => { name = p[0], region = p[1] } }
}
resource "aws_dynamodb_table" "t" {
  for_each = local.places
  region   = each.value.region
  name     = each.value.name
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
}
