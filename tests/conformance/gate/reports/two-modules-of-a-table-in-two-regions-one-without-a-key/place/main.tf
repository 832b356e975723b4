variable "region" {}
variable "key" {}
resource "aws_kms_key" "k" {
  region = "us-east-1"
}
resource "aws_dynamodb_table" "t" {
  region   = var.region
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
