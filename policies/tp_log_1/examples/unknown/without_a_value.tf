variable "days" {
  type = number
}

resource "aws_cloudwatch_log_group" "trade" {
  name              = "trade"
  retention_in_days = var.days # expect: unknown
}
