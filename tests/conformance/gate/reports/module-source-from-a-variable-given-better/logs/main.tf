variable "days" {
  type    = number
  default = 3
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = var.days
}
