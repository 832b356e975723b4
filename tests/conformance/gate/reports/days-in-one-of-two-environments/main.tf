variable "envs" {
  type = map(object({ days = optional(number), tags = optional(map(string), {}) }))
  default = { dev = {}, prod = { days = 400 } }
}
resource "aws_cloudwatch_log_group" "g" {
  for_each          = { for k, v in var.envs : k => coalesce(v.days, try(tonumber(v.tags["days"]), 14)) }
  name              = each.key
  retention_in_days = each.value
}
