locals {
  recover = false # expect: fail
}

resource "aws_dynamodb_table" "missing" { # expect: fail
  name     = "missing"
  hash_key = "pk"
}

resource "aws_dynamodb_table" "off" {
  name     = "off"
  hash_key = "pk"

  point_in_time_recovery {
    enabled = local.recover
  }
}

resource "aws_dynamodb_table" "replicated" {
  name     = "replicated"
  hash_key = "pk"

  point_in_time_recovery {
    enabled = true
  }

  replica { # expect: fail
    region_name = "us-east-1"
  }
}
