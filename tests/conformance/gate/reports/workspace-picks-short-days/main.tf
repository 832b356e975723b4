locals {
  days = { default = 7, prod = 365 }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "g-${terraform.workspace}"
  retention_in_days = lookup(local.days, terraform.workspace, 30)
}
