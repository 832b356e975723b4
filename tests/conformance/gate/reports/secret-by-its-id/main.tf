data "aws_secretsmanager_secret_version" "mine" {
  secret_id = "somesecretid"
}

resource "aws_db_instance" "main" {
  identifier          = "main"
  password            = jsondecode(data.aws_secretsmanager_secret_version.mine.secret_string)["password"]
  skip_final_snapshot = true
}
