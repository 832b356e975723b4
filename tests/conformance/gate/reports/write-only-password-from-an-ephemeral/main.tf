ephemeral "aws_secretsmanager_secret_version" "v" {
  secret_id = "db"
}
resource "aws_db_instance" "d" {
  engine              = "postgres"
  username            = "admin"
  password_wo         = jsondecode(ephemeral.aws_secretsmanager_secret_version.v.secret_string)["password"]
  password_wo_version = 2
}
