resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = tonumber(formatdate("D", timeadd("2024-01-01T00:00:00Z", "144h")))
}
