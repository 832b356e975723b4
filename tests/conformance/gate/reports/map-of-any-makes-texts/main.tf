variable "groups" {
  type    = map(any)
  default = { days = 7, name = "x" }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = var.groups.days
}
