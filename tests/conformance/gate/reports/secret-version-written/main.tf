resource "aws_secretsmanager_secret_version" "v" {
  secret_id     = "feed"
  secret_string = jsonencode({ username = "feed", password = "Tr0ub4dor-and-3" })
}
