provider "aws" {
  region = "us-east-1"
}

resource "aws_sqs_queue" "trade" {
  name   = "trade"
  region = "us-east-1"
}

resource "aws_secretsmanager_secret" "feed" {
  name = "feed"
  replica {
    region = "us-east-1"
  }
}
