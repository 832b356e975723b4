locals {
  by = transpose({ "7" = ["a"], "90" = ["b", "c"] })
}
resource "aws_cloudwatch_log_group" "g" {
  for_each          = local.by
  name              = each.key
  retention_in_days = one(each.value)
}
