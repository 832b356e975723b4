variable "groups" {
  type    = map(object({ days = number }))
  default = {}
}
resource "aws_cloudwatch_log_group" "g" {
  for_each          = var.groups
  name              = each.key
  retention_in_days = each.value.days
}
