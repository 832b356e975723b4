variable "forget" {
  type = bool
}

removed {
  from = aws_sqs_queue.old
  lifecycle {
    destroy = var.forget # expect: unknown
  }
}
