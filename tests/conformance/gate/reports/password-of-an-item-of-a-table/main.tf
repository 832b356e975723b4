resource "aws_dynamodb_table_item" "i" {
  table_name = "t"
  hash_key   = "id"
  item = jsonencode({ id = { S = "mail" }, smtp_password = { S = "Kq7-vT3x9Lm2Zr" } })
}
