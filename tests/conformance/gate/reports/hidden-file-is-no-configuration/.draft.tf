resource "aws_cloudwatch_log_group" "h" {
  name              = "h"
  retention_in_days = 1
}
