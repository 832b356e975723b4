module "m" {
  source = "./m"
  count  = 1
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/g"
  retention_in_days = module.m.*.d[0]
}
