resource "aws_ssm_parameter" "token" {
  name  = "/feeds/token"
  type  = "SecureString"
  value = "initial-value-overwritten-later"
  lifecycle {
    ignore_changes = [value]
  }
}
