resource "aws_kms_key" "k" {}
resource "aws_kms_alias" "k" {
  name          = "alias/q"
  target_key_id = aws_kms_key.k.id
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
    kms_key_arn = aws_kms_alias.k.target_key_arn
  }
}
