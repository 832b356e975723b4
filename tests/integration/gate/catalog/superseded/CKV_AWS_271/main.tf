variable "key" {
  type    = string
  default = null
}
resource "aws_dynamodb_table" "t" { name = "t" }
resource "aws_dynamodb_table_replica" "none" {
  global_table_arn = aws_dynamodb_table.t.arn
}
resource "aws_dynamodb_table_replica" "null" {
  global_table_arn = aws_dynamodb_table.t.arn
  kms_key_arn      = null
}
resource "aws_dynamodb_table_replica" "default_null" {
  global_table_arn = aws_dynamodb_table.t.arn
  kms_key_arn      = var.key
}
resource "aws_dynamodb_table_replica" "pitr" {
  global_table_arn       = aws_dynamodb_table.t.arn
  point_in_time_recovery = true
}
resource "aws_dynamodb_table_replica" "many" {
  for_each         = toset(["us-west-2", "eu-west-1"])
  region           = each.key
  global_table_arn = aws_dynamodb_table.t.arn
}
resource "aws_dynamodb_table_replica" "empty" {
  global_table_arn = aws_dynamodb_table.t.arn
  kms_key_arn      = ""
}
resource "aws_dynamodb_table_replica" "cond" {
  global_table_arn = aws_dynamodb_table.t.arn
  kms_key_arn      = var.key == null ? null : var.key
}
