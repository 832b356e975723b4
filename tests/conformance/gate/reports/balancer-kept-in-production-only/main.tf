resource "aws_lb" "l" {
  name                       = "l"
  enable_deletion_protection = terraform.workspace == "prod" ? true : false
}
