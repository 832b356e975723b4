variable "days" {
  type     = number
  default  = 7
  nullable = false
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = var.days
}
