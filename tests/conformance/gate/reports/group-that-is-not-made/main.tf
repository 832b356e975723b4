variable "enable_trail" {
  type    = bool
  default = false
}

resource "aws_cloudwatch_log_group" "trail" {
  count             = var.enable_trail ? 1 : 0
  name              = "trail"
  retention_in_days = 1
}
