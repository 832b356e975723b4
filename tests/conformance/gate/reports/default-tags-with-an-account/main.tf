provider "aws" {
  default_tags {
    tags = { account = "arn:aws:iam::111122223333:root" }
  }
}
resource "aws_sqs_queue" "q" { name = "q" }
