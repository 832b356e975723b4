resource "aws_ssm_parameter" "token" {
  name  = "/feeds/token"
  type  = "SecureString"
  value = "PLACEHOLDER_VALUE"
  lifecycle {
    ignore_changes = [value]
  }
}
