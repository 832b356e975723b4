list "aws_cloudwatch_log_group" "all" {
  provider = aws
}
