variable "region" {
  default = "eu-west-1" # expect: fail
}

provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "west"
  region = "us-west-2" # expect: fail
}

resource "aws_dynamodb_table" "market" {
  name         = "market"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"
  replica {
    region_name = "us-east-2" # expect: fail
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
