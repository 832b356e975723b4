variable "app_key" {
  type    = string
  default = "frontend"
}

locals {
  service_key = "market-data"
  session_key = "feeds"
}
