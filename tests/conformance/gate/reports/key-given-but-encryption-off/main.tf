resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_dynamodb_table" "trades" {
  name     = "trades"
  hash_key = "id"
  server_side_encryption {
    enabled     = false
    kms_key_arn = aws_kms_key.data.arn
  }
}
