provider "aws" {
  region = "us-east-1"
  default_tags {
    tags = { owner = "desk", deploy_token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a" }
  }
}
resource "aws_sqs_queue" "q" { name = "q" }
