variable "name" { type = string }
variable "recovery" { type = bool }
resource "awscc_dynamodb_table" "t" {
  table_name            = var.name
  billing_mode          = "PAY_PER_REQUEST"
  attribute_definitions = [{ attribute_name = "id", attribute_type = "S" }]
  key_schema            = jsonencode([{ AttributeName = "id", KeyType = "HASH" }])
  point_in_time_recovery_specification = {
    point_in_time_recovery_enabled = var.recovery
  }
}
