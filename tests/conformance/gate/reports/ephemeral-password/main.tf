variable "db_password" {
  type      = string
  ephemeral = true
}

resource "aws_db_instance" "db" {
  identifier          = "db"
  password_wo         = var.db_password
  password_wo_version = 1
}
