# opentofu/opentofu#3409.
resource "aws_sqs_queue" "forgotten" {
  name = "queue-forgotten"
  lifecycle {
    destroy = false # expect: fail
  }
}
