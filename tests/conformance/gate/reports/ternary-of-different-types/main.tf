variable "long" {
  type    = string
  default = "false"
}

resource "aws_cloudwatch_log_group" "a" {
  name              = "a"
  retention_in_days = var.long ? "365" : 7
}
