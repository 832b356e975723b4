resource "aws_cloudwatch_log_group" "odd" {
  name              = "odd"
  retention_in_days = 45 # expect: fail
}
