variable "key_arn" {
  type = string
}

resource "aws_cloudwatch_log_group" "trade" {
  name       = "trade"
  kms_key_id = var.key_arn # expect: unknown
}
