variable "db" {
  type      = object({ password = string })
  sensitive = true
}
