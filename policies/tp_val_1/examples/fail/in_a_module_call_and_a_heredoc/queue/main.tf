variable "owner" {
  type = string
}

resource "aws_sqs_queue" "this" {
  name = "this"
  tags = { owner = var.owner, home = "eu-west-1" } # expect: fail
}
