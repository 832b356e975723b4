variable "protect" {
  type = bool
}

resource "aws_dynamodb_table" "market" {
  name                        = "market"
  hash_key                    = "pk"
  deletion_protection_enabled = var.protect # expect: unknown
}
