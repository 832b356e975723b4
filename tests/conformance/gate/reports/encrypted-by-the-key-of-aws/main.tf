resource "aws_dynamodb_table" "trades" {
  name     = "trades"
  hash_key = "id"
  server_side_encryption {
    enabled = true
  }
}
