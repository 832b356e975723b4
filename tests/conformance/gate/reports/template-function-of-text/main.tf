locals {
  template = "$${days}"
}
resource "aws_cloudwatch_log_group" "a" {
  name              = "a"
  retention_in_days = tonumber(templatestring(local.template, { days = 7 }))
}
