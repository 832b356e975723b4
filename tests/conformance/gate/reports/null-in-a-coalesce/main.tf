variable "days" {
  type    = number
  default = null
}

resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = coalesce(var.days, 30)
}
