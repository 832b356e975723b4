resource "aws_dynamodb_table" "errors" {
  name           = "uat_errors"
  billing_mode   = "PROVISIONED"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "code"
  attribute {
    name = "code"
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
  ttl {
    enabled = false
  }
}
