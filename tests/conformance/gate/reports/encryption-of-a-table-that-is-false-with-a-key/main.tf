resource "aws_kms_key" "k" {}
resource "aws_dynamodb_table" "t" {
  name = "t"
  server_side_encryption {
    enabled     = false
    kms_key_arn = aws_kms_key.k.arn
  }
}
