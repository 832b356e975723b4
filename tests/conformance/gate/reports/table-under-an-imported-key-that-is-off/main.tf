resource "aws_kms_external_key" "k" {
  enabled = false
}
resource "aws_dynamodb_table" "t" {
  name     = "t"
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_external_key.k.arn
  }
}
