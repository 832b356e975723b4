import {
  to = aws_cloudwatch_log_group.g
  identity = {
    name = "/g"
  }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/g"
  retention_in_days = 5
}
