resource "aws_ssm_parameter" "level" {
  name  = "/feed/log-level"
  type  = "String"
  value = "INFO"
}
