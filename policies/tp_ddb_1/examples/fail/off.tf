locals {
  recover = false # expect: fail
}

resource "aws_dynamodb_table" "missing" { # expect: fail
  name         = "missing"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_dynamodb_table" "off" {
  name         = "off"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  point_in_time_recovery {
    enabled = local.recover
  }

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_dynamodb_table" "replicated" {
  name         = "replicated"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  point_in_time_recovery {
    enabled = true
  }

  replica { # expect: fail
    region_name = "us-east-1"
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
