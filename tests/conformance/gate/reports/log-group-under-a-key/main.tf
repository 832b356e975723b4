resource "aws_kms_key" "k" {}
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.k.arn
}
