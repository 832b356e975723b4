resource "aws_cloudwatch_log_group" "trade" {
  name       = "trade"
  kms_key_id = "" # expect: fail
}
