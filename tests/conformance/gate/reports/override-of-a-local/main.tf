locals {
  days  = 7
  other = 1
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = local.days
}
