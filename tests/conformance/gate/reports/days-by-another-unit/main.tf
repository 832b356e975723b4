variable "hours" {
  default = "168"
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = ceil(var.hours / 24)
}
