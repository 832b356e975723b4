variable "class" {
  type = string
}

resource "aws_cloudwatch_log_group" "l" {
  name              = "/feeds"
  retention_in_days = 90
  log_group_class   = var.class
}
