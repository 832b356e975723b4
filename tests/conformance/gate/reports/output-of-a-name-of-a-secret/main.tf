resource "aws_secretsmanager_secret" "db" {
  name = "db"
}

output "db_secret" {
  value = aws_secretsmanager_secret.db.name
}

output "token_path" {
  value = "/feeds/token"
}
