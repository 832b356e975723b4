terraform {
  required_providers {
    terraform = { source = "terraform.io/builtin/terraform" }
  }
}
locals {
  settings = provider::terraform::decode_tfvars(file("${path.module}/settings.txt"))
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/svc"
  retention_in_days = local.settings.days
}
