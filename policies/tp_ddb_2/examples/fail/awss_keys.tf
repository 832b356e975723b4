resource "aws_dynamodb_table" "owned" { # expect: fail
  name         = "owned"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_dynamodb_table" "managed" {
  name         = "managed"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  server_side_encryption { # expect: fail
    enabled = true
  }

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_dynamodb_table" "off" {
  name         = "off"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  server_side_encryption {
    enabled     = false # expect: fail
    kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1"
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
