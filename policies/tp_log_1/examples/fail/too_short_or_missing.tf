resource "aws_cloudwatch_log_group" "week" {
  name              = "week"
  retention_in_days = 7 # expect: fail
}

resource "aws_cloudwatch_log_group" "unset" { # expect: fail
  name = "unset"
}
