variable "secretsmanager_name" {
  type = string
}
