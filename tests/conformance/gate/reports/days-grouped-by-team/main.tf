locals {
  rows = [{ team = "a", days = 90 }, { team = "a", days = 3 }, { team = "b", days = 400 }]
  by   = { for r in local.rows : r.team => r.days... }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = min(local.by["a"]...)
}
