variable "groups" {
  type = map(object({
    days = optional(number, 14)
  }))
  default = {
    trades = { days = 90 }
    quotes = {}
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = var.groups
  name              = each.key
  retention_in_days = each.value.days
}
