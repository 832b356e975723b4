resource "aws_kms_key" "k" {
  customer_master_key_spec = "RSA_4096"
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
    kms_key_arn = aws_kms_key.k.arn
  }
}
