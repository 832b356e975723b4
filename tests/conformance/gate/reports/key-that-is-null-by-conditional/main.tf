variable "key" {
  type    = string
  default = ""
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "x"
  retention_in_days = 90
  kms_key_id        = var.key == "" ? null : var.key
}
