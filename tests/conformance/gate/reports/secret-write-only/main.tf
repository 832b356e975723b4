ephemeral "random_password" "p" {
  length = 20
}

resource "aws_secretsmanager_secret_version" "v" {
  secret_id                = "feed"
  secret_string_wo         = ephemeral.random_password.p.result
  secret_string_wo_version = 1
}
