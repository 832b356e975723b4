resource "aws_dynamodb_table" "owned" { # expect: fail
  name     = "owned"
  hash_key = "pk"
}

resource "aws_dynamodb_table" "managed" {
  name     = "managed"
  hash_key = "pk"

  server_side_encryption { # expect: fail
    enabled = true
  }
}

resource "aws_dynamodb_table" "off" {
  name     = "off"
  hash_key = "pk"

  server_side_encryption {
    enabled     = false # expect: fail
    kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1"
  }
}
