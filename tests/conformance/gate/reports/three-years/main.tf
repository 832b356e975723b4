resource "aws_cloudwatch_log_group" "this" {
  name = "g"
  retention_in_days = 1096
}
