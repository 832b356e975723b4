resource "aws_dynamodb_table" "t" {
  name = "table-t"
  server_side_encryption {
    enabled = true
  }
}
