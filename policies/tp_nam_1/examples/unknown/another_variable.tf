variable "environment_suffix" {
  type = string
}

variable "name" {
  type = string
}

resource "aws_sqs_queue" "trade" {
  name = var.name # expect: unknown
}
