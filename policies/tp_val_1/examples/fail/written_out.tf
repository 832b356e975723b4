provider "aws" {
  region = "us-east-1" # expect: fail
}

variable "role_arn" {
  default = "arn:aws:iam::123456789012:role/function"
}

locals {
  account = "123456789012" # expect: fail
}

resource "aws_sns_topic_subscription" "desk" {
  topic_arn = "arn:aws:sns:us-east-1:123456789012:alarms" # expect: fail
  protocol  = "email"
  endpoint  = "desk@example.com" # expect: fail
}

ephemeral "aws_secretsmanager_secret_version" "feed" {
  secret_id = "arn:aws:secretsmanager:us-east-1:123456789012:secret:feed" # expect: fail
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = var.role_arn
  environment {
    variables = {
      FEED = "wss://ws-feed.exchange.example.com" # expect: fail
    }
  }
}
