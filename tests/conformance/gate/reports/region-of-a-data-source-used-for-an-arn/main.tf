provider "aws" { region = "us-east-1" }
data "aws_region" "other" { region = "eu-west-1" }
resource "aws_dynamodb_table" "t" {
  name     = "t"
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  replica {
    region_name = data.aws_region.other.region
  }
}
