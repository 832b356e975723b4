variable "days" {
  type = number
}

module "inner" {
  source = "../b"
  days   = var.days
}
