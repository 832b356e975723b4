variable "key" {
  type    = string
  default = null
}
resource "aws_dynamodb_table" "none" {
  name = "a"
}
resource "aws_dynamodb_table" "off" {
  name = "b"
  server_side_encryption {
    enabled     = false
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1"
  }
}
resource "aws_dynamodb_table" "no_key" {
  name = "c"
  server_side_encryption {
    enabled = true
  }
}
resource "aws_dynamodb_table" "null_key" {
  name = "d"
  server_side_encryption {
    enabled     = true
    kms_key_arn = null
  }
}
resource "aws_dynamodb_table" "default_null" {
  name = "e"
  server_side_encryption {
    enabled     = true
    kms_key_arn = var.key
  }
}
resource "aws_dynamodb_table" "only_key" {
  name = "f"
  server_side_encryption {
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1"
  }
}
resource "aws_dynamodb_table" "empty_key" {
  name = "g"
  server_side_encryption {
    enabled     = true
    kms_key_arn = ""
  }
}
resource "aws_dynamodb_table" "dynamic" {
  name = "h"
  dynamic "server_side_encryption" {
    for_each = var.key == null ? [] : [var.key]
    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }
}
resource "aws_dynamodb_table" "text_true" {
  name = "i"
  server_side_encryption {
    enabled     = "true"
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1"
  }
}
resource "aws_dynamodb_table" "alias_of_aws" {
  name = "j"
  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:alias/aws/dynamodb"
  }
}

resource "aws_dynamodb_table" "each" {
  for_each = toset(["k", "l"])
  name     = each.key
  server_side_encryption {
    enabled = true
  }
}

resource "aws_dynamodb_table" "empty" {
  name = "m"
  server_side_encryption {}
}
