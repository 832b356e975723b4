locals {
  env = yamldecode(file("env.yaml"))
}
provider "aws" {
  region = local.env.region
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
