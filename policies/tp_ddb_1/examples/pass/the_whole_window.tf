resource "aws_dynamodb_table" "market" {
  name         = "market"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 35
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
