resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = regex("(?P<days>\\d+)d(?:ays)?$", "keep=7d").days
}
