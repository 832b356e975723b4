resource "aws_dynamodb_table" "market" {
  name     = "market"
  hash_key = "pk"

  point_in_time_recovery {
    enabled = true
  }

  replica {
    region_name            = "us-east-1"
    point_in_time_recovery = true
  }
}
