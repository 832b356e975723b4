variable "days" {
  type    = number
  default = null
}
module "b" {
  source = "./b"
  days   = var.days
}
