variable "days" {
  type       = number
  default    = null
  deprecated = "use retention"
}
variable "retention" {
  type    = number
  default = 90
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/svc"
  retention_in_days = coalesce(var.days, var.retention)
}
output "group" {
  value      = aws_cloudwatch_log_group.g.name
  deprecated = "use the name"
}
