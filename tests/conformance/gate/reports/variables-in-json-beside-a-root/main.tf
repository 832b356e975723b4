variable "api_token" {
  type      = string
  sensitive = true
}
