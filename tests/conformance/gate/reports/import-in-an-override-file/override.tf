import {
  to = aws_cloudwatch_log_group.g
  id = "g"
}
