variable "certificate" {
  type      = string
  default   = null
  sensitive = true
}
module "g" {
  source = "./g"
  groups = var.certificate == null ? {} : { "x-cert" = { days = 7 } }
}
