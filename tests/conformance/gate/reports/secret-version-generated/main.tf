resource "random_password" "p" {
  length = 20
}

resource "aws_secretsmanager_secret_version" "v" {
  secret_id     = "feed"
  secret_string = jsonencode({ username = "feed", password = random_password.p.result })
}
