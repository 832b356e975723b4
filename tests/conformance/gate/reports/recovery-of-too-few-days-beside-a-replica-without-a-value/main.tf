variable "replica" { type = bool }
resource "aws_dynamodb_table" "t" {
  name     = "t"
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 2
  }
  replica {
    region_name            = "us-east-2"
    point_in_time_recovery = var.replica
  }
}
