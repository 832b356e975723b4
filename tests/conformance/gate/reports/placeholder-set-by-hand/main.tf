resource "aws_ssm_parameter" "token" {
  name  = "/feeds/token"
  type  = "SecureString"
  value = "set-manually"
  lifecycle {
    ignore_changes = [value]
  }
}
