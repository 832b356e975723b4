variable "key" {
  type    = string
  default = null
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = 60
  kms_key_id        = var.key
}
