variable "flavour" {
  type    = string
  const   = true
  default = "short"
}
module "logs" { source = "./${var.flavour}" }
