variable "secretsmanager_name" {
  type = string
}

data "aws_secretsmanager_secret" "main" {
  name = var.secretsmanager_name
}
