resource "random_password" "p" {
  length = 20
}

output "url" {
  value     = "postgres://feed:${random_password.p.result}@db"
  sensitive = true
}
