module "days" {
  count  = 2
  source = "./days"
  base   = count.index
}

resource "aws_cloudwatch_log_group" "a" {
  name              = "a"
  retention_in_days = one(slice(module.days[*].value, 1, 2))
}
