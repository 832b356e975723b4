resource "aws_cloudwatch_log_group" "x" {
  name              = "x"
  retention_in_days = 90
  lifecycle {
    ignore_changes = ["*"]
  }
}
