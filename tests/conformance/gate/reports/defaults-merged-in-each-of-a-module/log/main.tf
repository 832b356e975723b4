variable "name" { type = string }
variable "settings" {
  type = object({ days = number, class = optional(string) })
}
resource "aws_cloudwatch_log_group" "this" {
  name              = "/feeds/${var.name}"
  retention_in_days = var.settings.days
  log_group_class   = var.settings.class
}
