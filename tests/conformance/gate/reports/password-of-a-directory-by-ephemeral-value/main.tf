ephemeral "aws_secretsmanager_secret_version" "admin" {
  secret_id = "directory/admin"
}
resource "aws_rds_cluster" "c" {
  engine                     = "aurora-postgresql"
  master_username            = "root"
  master_password_wo         = jsondecode(ephemeral.aws_secretsmanager_secret_version.admin.secret_string)["password"]
  master_password_wo_version = 2
  skip_final_snapshot        = true
}
