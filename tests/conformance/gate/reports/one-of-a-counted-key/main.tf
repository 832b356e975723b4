variable "create_key" { default = true }
resource "aws_kms_key" "k" {
  count = var.create_key ? 1 : 0
}
resource "aws_cloudwatch_log_group" "g" {
  name       = "g"
  kms_key_id = one(aws_kms_key.k[*].arn)
}
