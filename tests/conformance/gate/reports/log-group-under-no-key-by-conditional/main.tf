resource "aws_kms_key" "k" {}
variable "own" {
  default = false
}
resource "aws_cloudwatch_log_group" "g" {
  name       = "g"
  kms_key_id = var.own ? aws_kms_key.k.arn : null
}
