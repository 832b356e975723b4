resource "aws_dynamodb_table_item" "i" {
  table_name = "t"
  hash_key   = "id"
  item = jsonencode({ id = { S = "mail" }, password = { S = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:mail-AbCdEf" } })
}
