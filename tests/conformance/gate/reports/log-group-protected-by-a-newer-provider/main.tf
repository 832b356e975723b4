resource "aws_cloudwatch_log_group" "g" {
  name                        = "g"
  deletion_protection_enabled = true
}
