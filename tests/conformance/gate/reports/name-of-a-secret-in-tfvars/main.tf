variable "secretsmanager_name" {}
