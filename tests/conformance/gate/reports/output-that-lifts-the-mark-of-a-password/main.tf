resource "random_password" "db" {
  length = 24
}

output "db_login" {
  value = nonsensitive(random_password.db.result)
}
