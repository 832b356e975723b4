resource "aws_db_instance" "prices" {
  manage_master_user_password = true
}

resource "aws_ssm_parameter" "level" {
  name  = "/feed/level"
  type  = "String"
  value = "default"
}

variable "greeting" {
  default = "changeme"
}
