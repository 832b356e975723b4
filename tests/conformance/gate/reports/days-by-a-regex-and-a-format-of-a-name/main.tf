locals {
  spec = "orders@90d"
  read = regex("^(?P<name>[a-z]+)@(?P<days>\\d+)d$", local.spec)
}
resource "aws_cloudwatch_log_group" "g" {
  name              = format("/svc/%s", local.read.name)
  retention_in_days = tonumber(local.read["days"])
}
