locals {
  all = [{ d = [5, 365] }, { d = [365] }]
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/g"
  retention_in_days = min(local.all.*.d[0]...)
}
