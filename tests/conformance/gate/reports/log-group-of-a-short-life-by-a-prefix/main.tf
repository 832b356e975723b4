variable "retention" {
  type    = number
  default = null
}
resource "aws_cloudwatch_log_group" "g" {
  count             = var.retention == null ? 0 : 1
  name              = "a"
  retention_in_days = var.retention
}
resource "aws_cloudwatch_log_group" "h" {
  count             = var.retention == null ? 1 : 0
  name_prefix       = "/aws/lambda/"
  retention_in_days = coalesce(var.retention, 5)
}
