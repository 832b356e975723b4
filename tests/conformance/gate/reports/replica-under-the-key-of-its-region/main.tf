provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
resource "aws_kms_key" "east" {}
resource "aws_kms_key" "west" { provider = aws.west }
resource "aws_dynamodb_table" "t" {
  name     = "t"
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.east.arn
  }
  replica {
    region_name = "us-west-2"
    kms_key_arn = aws_kms_key.west.arn
  }
}
