variable "kind" {
  type    = string
  default = "short"
}
module "m" {
  source = "./${var.kind}"
}
