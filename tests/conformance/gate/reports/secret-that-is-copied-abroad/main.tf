provider "aws" {
  region = "us-east-1"
}
resource "aws_secretsmanager_secret" "s" {
  name = "s"
  replica {
    region = "eu-west-1"
  }
}
