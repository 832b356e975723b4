variable "settings" { type = any }
resource "aws_cloudwatch_log_group" "this" {
  name              = "g"
  retention_in_days = try(var.settings.days, 365)
}
