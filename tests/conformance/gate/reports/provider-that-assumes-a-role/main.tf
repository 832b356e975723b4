provider "aws" {
  region = var.region
  assume_role {
    role_arn = "arn:aws:iam::210987654321:role/deploy"
  }
  default_tags {
    tags = { team = "feeds" }
  }
}
variable "region" {
  default = "us-east-1"
}
