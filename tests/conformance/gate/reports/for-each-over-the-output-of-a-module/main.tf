module "names" {
  source = "./names"
}
resource "aws_cloudwatch_log_group" "g" {
  for_each          = module.names.days
  name              = each.key
  retention_in_days = each.value
}
