resource "aws_kms_key" "data" {
  description = "logs"
}

resource "aws_cloudwatch_log_group" "trade" {
  name       = "trade"
  kms_key_id = aws_kms_key.data.arn
}
