resource "aws_lb" "front" {
  name                       = "front"
  enable_deletion_protection = true
}
