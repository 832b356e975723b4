resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = 180
}
