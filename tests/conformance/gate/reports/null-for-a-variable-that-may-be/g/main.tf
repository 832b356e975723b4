variable "days" {
  type     = number
  default  = 90
  nullable = true
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "x"
  retention_in_days = var.days
}
