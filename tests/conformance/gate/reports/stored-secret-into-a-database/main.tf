data "aws_ssm_parameter" "password" {
  name = "/db/password"
}

resource "aws_db_instance" "main" {
  identifier          = "main"
  password            = data.aws_ssm_parameter.password.value
  skip_final_snapshot = true
}
