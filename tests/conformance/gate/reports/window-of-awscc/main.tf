resource "awscc_dynamodb_table" "t" {
  table_name            = "feeds"
  billing_mode          = "PAY_PER_REQUEST"
  attribute_definitions = [{ attribute_name = "id", attribute_type = "S" }]
  key_schema            = jsonencode([{ AttributeName = "id", KeyType = "HASH" }])
  point_in_time_recovery_specification = {
    point_in_time_recovery_enabled = true
    recovery_period_in_days        = 10
  }
}
