resource "aws_cloudwatch_log_group" "trade" {
  name              = "trade"
  log_group_class   = "STANDARD"
  retention_in_days = 30
}
