provider "aws" { # expect: unknown
  max_retries = 3
}

resource "aws_sqs_queue" "trade" {
  name = "trade"
}
