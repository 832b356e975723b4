locals {
  t = <<A
${<<B
5
B
}
A
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/g"
  retention_in_days = tonumber(trimspace(local.t))
}
