variable "protect" {
  type = bool
}

resource "aws_dynamodb_table" "market" {
  name                        = "market"
  hash_key                    = "pk"
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = var.protect # expect: unknown

  attribute {
    name = "pk"
    type = "S"
  }
}
