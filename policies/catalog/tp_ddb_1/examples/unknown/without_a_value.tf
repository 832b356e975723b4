variable "recover" {
  type = bool
}

resource "aws_dynamodb_table" "market" {
  name     = "market"
  hash_key = "pk"

  point_in_time_recovery {
    enabled = var.recover # expect: unknown
  }
}
