variable "s" {
  type    = object({ logs = optional(object({ days = optional(number, 5) }), {}) })
  default = { logs = null }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = var.s.logs.days
}
