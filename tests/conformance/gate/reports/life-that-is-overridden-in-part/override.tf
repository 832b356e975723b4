resource "aws_sqs_queue" "q" {
  lifecycle {
    create_before_destroy = true
  }
}
