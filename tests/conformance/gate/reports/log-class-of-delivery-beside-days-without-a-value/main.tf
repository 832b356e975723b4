variable "days" { type = number }
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  log_group_class   = "DELIVERY"
  retention_in_days = var.days
}
