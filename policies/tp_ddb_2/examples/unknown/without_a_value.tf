variable "key_arn" {
  type = string
}

resource "aws_dynamodb_table" "market" {
  name         = "market"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.key_arn # expect: unknown
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
