resource "aws_ssm_parameter" "token" {
  name  = "/feeds/token"
  type  = "SecureString"
  value = "managed-outside-of-terraform"
  lifecycle {
    ignore_changes = [value]
  }
}
