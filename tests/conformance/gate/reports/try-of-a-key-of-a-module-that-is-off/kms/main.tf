variable "create" { default = true }
resource "aws_kms_key" "this" {
  count = var.create ? 1 : 0
}
output "key_arn" {
  value = try(aws_kms_key.this[0].arn, aws_kms_key.external[0].arn, null)
}
resource "aws_kms_external_key" "external" {
  count = 0
}
