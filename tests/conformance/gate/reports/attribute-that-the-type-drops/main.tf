variable "settings" {
  type = object({ retention = optional(number, 14) })
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = var.settings.retention
}
