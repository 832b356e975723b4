resource "aws_cloudwatch_log_group" "g" {
  name              = "/svc"
  retention_in_days = 90
}
