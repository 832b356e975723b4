resource "aws_cloudwatch_log_group" "g" {
  lifecycle {
    ignore_changes = []
  }
}
