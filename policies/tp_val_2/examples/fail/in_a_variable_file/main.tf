# Checkmarx/kics#3581: credentials in a variable file are in source, too.
variable "db_password" {
  type      = string
  sensitive = true
}

variable "dsn" {
  type      = string
  sensitive = true
}

variable "feed" {
  type = object({ host = string, api_key = string })
}

variable "note" {
  type = string
}
