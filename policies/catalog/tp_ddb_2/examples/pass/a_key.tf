resource "aws_kms_key" "data" {
  description = "market data"
}

resource "aws_dynamodb_table" "market" {
  name     = "market"
  hash_key = "pk"

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }
}
