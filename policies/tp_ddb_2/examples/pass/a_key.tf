resource "aws_kms_key" "data" {
  description = "market data"
}

resource "aws_dynamodb_table" "market" {
  name         = "market"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
