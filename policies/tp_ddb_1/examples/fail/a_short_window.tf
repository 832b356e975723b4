resource "aws_dynamodb_table" "week" {
  name         = "week"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 7 # expect: fail
  }

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_dynamodb_table_replica" "west" {
  global_table_arn       = "arn:aws:dynamodb:us-east-1:123456789012:table/week"
  point_in_time_recovery = false # expect: fail
}
