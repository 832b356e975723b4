variable "logs" {
  type    = object({ days = number })
  default = null
}

resource "aws_cloudwatch_log_group" "a" {
  name              = "a"
  retention_in_days = var.logs == null ? 30 : var.logs.days
}
