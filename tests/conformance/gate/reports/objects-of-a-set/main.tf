variable "groups" {
  type    = set(object({ name = string, days = optional(number, 7) }))
  default = [{ name = "a", days = 90 }, { name = "b" }]
}
resource "aws_cloudwatch_log_group" "g" {
  for_each          = { for one in var.groups : one.name => one }
  name              = each.key
  retention_in_days = each.value.days
}
