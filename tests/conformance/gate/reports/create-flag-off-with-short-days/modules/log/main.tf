variable "create" {
  type    = bool
  default = true
}
variable "retention_in_days" {
  type    = number
  default = null
}
resource "aws_cloudwatch_log_group" "this" {
  count             = var.create ? 1 : 0
  name              = "audit"
  retention_in_days = var.retention_in_days
}
