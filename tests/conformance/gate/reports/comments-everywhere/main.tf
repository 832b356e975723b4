resource /* a */ "aws_cloudwatch_log_group" "a" { # b
  name = "a" // c
  retention_in_days = ( /* d */ 7 # e
  )
}
