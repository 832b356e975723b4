variable "days" {
  type    = number
  default = 365
}

resource "aws_cloudwatch_log_group" "trade" {
  name              = "trade"
  retention_in_days = var.days
}
