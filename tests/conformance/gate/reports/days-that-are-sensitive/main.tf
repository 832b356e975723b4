resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = nonsensitive(sensitive(7))
}
resource "aws_cloudwatch_log_group" "h" {
  name              = "h"
  retention_in_days = sensitive(60)
}
