resource "aws_ssm_parameter" "token" {
  name  = "/feed/token"
  type  = "SecureString"
  value = "placeholder"
}
