provider "aws" {
  region = "us-east-1"
}
data "aws_caller_identity" "me" {}
resource "aws_ecr_replication_configuration" "r" {
  replication_configuration {
    rule {
      destination {
        region      = "eu-west-1"
        registry_id = data.aws_caller_identity.me.account_id
      }
    }
  }
}
