variable "usage" { default = "ENCRYPT_DECRYPT" }
resource "aws_kms_key" "this" {
  key_usage                = var.usage
  customer_master_key_spec = var.usage == "SIGN_VERIFY" ? "ECC_NIST_P256" : "SYMMETRIC_DEFAULT"
}
output "arn" { value = aws_kms_key.this.arn }
