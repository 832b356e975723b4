variable "keep" {
  type = bool
}

resource "aws_sqs_queue" "trade" {
  name = "trade"
  lifecycle {
    prevent_destroy = var.keep # expect: unknown
  }
}
