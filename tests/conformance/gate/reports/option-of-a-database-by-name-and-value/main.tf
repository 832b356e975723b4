resource "aws_db_option_group" "x" {
  name                 = "o"
  engine_name          = "oracle-ee"
  major_engine_version = "19"
  option {
    option_name = "OEM_AGENT"
    option_settings {
      name  = "AGENT_REGISTRATION_PASSWORD"
      value = "Kq7-vT3x9Lm2Zr"
    }
  }
}
