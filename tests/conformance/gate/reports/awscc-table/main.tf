resource "awscc_dynamodb_table" "t" {
  table_name                          = "t"
  point_in_time_recovery_specification = { point_in_time_recovery_enabled = false }
}
