resource "aws_cloudwatch_log_group" "g" {
  name            = "g"
  log_group_class = "INFREQUENT_ACCESS"
}
resource "aws_kinesis_stream" "s" { name = "s" }
resource "aws_cloudwatch_log_subscription_filter" "s" {
  name            = "s"
  log_group_name  = aws_cloudwatch_log_group.g.name
  filter_pattern  = ""
  destination_arn = aws_kinesis_stream.s.arn
  role_arn        = "arn:aws:iam::111122223333:role/r"
}
