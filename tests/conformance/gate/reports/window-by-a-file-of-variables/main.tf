variable "days" {
  type    = number
  default = 35
}

resource "aws_dynamodb_table" "t" {
  name         = "feeds"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = var.days
  }
}
