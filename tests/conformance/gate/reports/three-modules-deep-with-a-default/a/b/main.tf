variable "days" {}
module "c" {
  source = "../../c"
  days   = var.days
}
