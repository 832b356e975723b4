resource "aws_ssm_parameter" "token" {
  name  = "/feed/token"
  type  = "SecureString"
  value = "Zx81-q7Rt1Yb5Lm9!"
}
