resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = element([90, 60, 7], length([1, 2, 3]) - 1)
}
