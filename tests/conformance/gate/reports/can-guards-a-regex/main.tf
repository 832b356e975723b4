variable "environment" { default = "sandbox-4" }
locals {
  is_prod = can(regex("^prod", var.environment))
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = local.is_prod ? 365 : 14
}
