variable "days" {
  type    = number
  default = 90
}

resource "aws_cloudwatch_log_group" "trade" {
  name              = "trade"
  retention_in_days = var.days
}

resource "aws_cloudwatch_log_group" "forever" {
  name              = "forever"
  retention_in_days = 0
}
