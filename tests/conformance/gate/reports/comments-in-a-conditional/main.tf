resource "aws_cloudwatch_log_group" "g" {
  name = "feeds"
  retention_in_days = (
    true &&
    # not here
    true // nor here
  ) ? 7 /* days */ : 30
}
