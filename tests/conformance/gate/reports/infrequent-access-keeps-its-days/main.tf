resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  log_group_class   = "INFREQUENT_ACCESS"
  retention_in_days = 60
}
