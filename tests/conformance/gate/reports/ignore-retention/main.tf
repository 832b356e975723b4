resource "aws_cloudwatch_log_group" "a" {
  name              = "a"
  retention_in_days = 60
  lifecycle {
    ignore_changes = [retention_in_days]
  }
}
