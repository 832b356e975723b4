resource "aws_cloudwatch_log_group" "g" {
  name            = "g"
  log_group_class = "STANDARD"
}
resource "aws_cloudwatch_log_subscription_filter" "s" {
  name            = "s"
  log_group_name  = aws_cloudwatch_log_group.g.name
  filter_pattern  = ""
  destination_arn = "arn:aws:kinesis:us-east-1:111122223333:stream/s"
  role_arn        = "arn:aws:iam::111122223333:role/r"
}
