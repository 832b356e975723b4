resource "aws_kms_key" "k" {}
resource "aws_dynamodb_table" "x" {
  name = "t"
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.k.arn
  }
  lifecycle {
    ignore_changes = [server_side_encryption]
  }
}
