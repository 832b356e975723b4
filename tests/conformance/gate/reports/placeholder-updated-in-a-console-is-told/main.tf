resource "aws_ssm_parameter" "token" {
  name  = "/feeds/token"
  type  = "SecureString"
  value = "UPDATE_IN_CONSOLE"
  lifecycle {
    ignore_changes = [value]
  }
}
