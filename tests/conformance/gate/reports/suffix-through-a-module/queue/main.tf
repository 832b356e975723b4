variable "name" {
  type = string
}

resource "aws_sqs_queue" "this" {
  name = format("%s", var.name)
}
