resource "aws_dynamodb_table" "t" {
  name = "t"
  replica {
    region_name                 = "us-east-2"
    deletion_protection_enabled = true
  }
}
