resource "aws_dynamodb_table_item" "i" {
  table_name = "t"
  hash_key   = "id"
  item = <<-EOT
    {"id": {"S": "mail"}, "api_token": {"S": "Kq7-vT3x9Lm2Zr"}}
  EOT
}
