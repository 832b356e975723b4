provider "aws" { region = one(local.regions) }
locals {
  regions = toset([for region in [var.region, null] : region if region != null])
}
variable "region" {
  type    = string
  default = "us-east-1"
}
resource "aws_sns_topic" "t" {
  count = length(module.off) == 0 ? 1 : 0
  name  = "t"
}
module "off" {
  count  = 0
  source = "./off"
}
