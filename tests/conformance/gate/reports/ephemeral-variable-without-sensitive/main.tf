variable "db_password" {
  type      = string
  ephemeral = true
}
resource "aws_db_instance" "d" {
  engine              = "postgres"
  username            = "admin"
  password_wo         = var.db_password
  password_wo_version = 1
}
