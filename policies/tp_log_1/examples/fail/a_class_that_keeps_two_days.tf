resource "aws_cloudwatch_log_group" "delivered" {
  name              = "delivered"
  log_group_class   = "DELIVERY" # expect: fail
  retention_in_days = 365
}
