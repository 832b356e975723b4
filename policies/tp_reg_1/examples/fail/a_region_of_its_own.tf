provider "aws" {
  region = "us-east-1"
}

# AWS provider 6, "Enhanced Region Support".
resource "aws_sqs_queue" "trade" {
  name   = "trade"
  region = "eu-west-1" # expect: fail
}
