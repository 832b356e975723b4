variable "settings" {
  type    = object({ days = optional(number, 7), name = optional(string, "g") })
  default = { days = 365 }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = var.settings.name
  retention_in_days = var.settings.days
}
