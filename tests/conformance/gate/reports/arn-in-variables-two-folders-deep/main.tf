variable "db_secret_arn" {
  type = string
}
