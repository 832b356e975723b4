resource "aws_db_instance" "d" {
  engine              = "postgres"
  username            = "admin"
  password_wo         = "N3w-passw0rd-h3re!"
  password_wo_version = 2
}
