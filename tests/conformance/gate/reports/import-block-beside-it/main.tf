import {
  to = aws_cloudwatch_log_group.this
  id = "feeds"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = 7
}
