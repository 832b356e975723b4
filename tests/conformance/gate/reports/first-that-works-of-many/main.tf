variable "settings" {
  type    = any
  default = { logs = {} }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = try(var.settings.logs.days, var.settings.days, can(var.settings.logs) ? 7 : 90)
}
