resource "aws_kms_key" "logs" {
  description = "logs"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = 60
  kms_key_id        = aws_kms_key.logs.arn
}
