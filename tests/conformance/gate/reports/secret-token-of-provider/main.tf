provider "datadog" {
  api_key = "0123456789abcdef0123456789abcdef"
  app_key = var.app_key
}

variable "app_key" {
  type      = string
  sensitive = true
}
