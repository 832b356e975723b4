provider "aws" {
  region     = var.region
  access_key = "AKIAI44QH8DHBEXAMPLE"
}
variable "region" {
  type = string
}
