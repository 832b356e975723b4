resource "aws_dynamodb_table" "t" {
  name                   = "t"
  restore_source_name    = "old"
  restore_to_latest_time = true
}
