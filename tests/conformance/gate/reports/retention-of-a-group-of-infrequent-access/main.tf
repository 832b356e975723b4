resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  log_group_class   = "INFREQUENT_ACCESS"
  retention_in_days = 14
}
