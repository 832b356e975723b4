resource "aws_cloudwatch_log_group" "g" {
  name              = "/g"
  retention_in_days = (1 / 3) * 3 == 1 ? 365 : 5
}
