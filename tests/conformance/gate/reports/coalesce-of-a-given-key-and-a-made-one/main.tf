variable "kms_key_id" {
  type    = string
  default = null
}
resource "aws_kms_key" "k" {
  count = var.kms_key_id == null ? 1 : 0
}
resource "aws_cloudwatch_log_group" "g" {
  name       = "g"
  kms_key_id = coalesce(var.kms_key_id, one(aws_kms_key.k[*].arn))
}
