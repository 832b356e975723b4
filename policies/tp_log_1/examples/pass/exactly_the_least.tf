resource "aws_cloudwatch_log_group" "quote" {
  name              = "quote"
  retention_in_days = 60
}

resource "aws_cloudwatch_log_group" "for_ever" {
  name              = "for-ever"
  retention_in_days = 0
}
