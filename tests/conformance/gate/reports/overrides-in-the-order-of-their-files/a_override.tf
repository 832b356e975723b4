resource "aws_cloudwatch_log_group" "g" {
  retention_in_days = 14
}
