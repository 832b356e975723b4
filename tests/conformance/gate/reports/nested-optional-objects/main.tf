variable "settings" {
  type = object({
    logs = optional(object({ days = optional(number, 5) }), {})
  })
  default = {}
}

resource "aws_cloudwatch_log_group" "a" {
  name              = "a"
  retention_in_days = var.settings.logs.days
}
