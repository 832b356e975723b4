variable "recover" {
  type = bool
}

resource "aws_dynamodb_table" "market" {
  name         = "market"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  point_in_time_recovery {
    enabled = var.recover # expect: unknown
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
