variable "days" {
  type    = number
  default = 5
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = var.days
}
