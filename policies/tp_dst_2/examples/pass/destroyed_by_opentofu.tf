resource "aws_sqs_queue" "gone" {
  name = "queue-gone"
  lifecycle {
    destroy = true
  }
}
