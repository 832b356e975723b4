resource "aws_kms_key" "k" {
  count = 0
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "x"
  retention_in_days = 90
  kms_key_id        = one(aws_kms_key.k[*].arn)
}
