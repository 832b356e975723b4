output "admin_password" {
  value = "Gr33n-Apple-77"
}
