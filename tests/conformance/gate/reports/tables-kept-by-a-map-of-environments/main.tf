variable "environment" {
  default = "dev"
}
resource "aws_dynamodb_table" "t" {
  name                        = "t"
  deletion_protection_enabled = lookup({ prod = true, stage = true }, var.environment, var.environment != "test")
}
