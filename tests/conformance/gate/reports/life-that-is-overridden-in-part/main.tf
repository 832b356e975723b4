resource "aws_sqs_queue" "q" {
  name = "q"
  lifecycle {
    prevent_destroy = true
  }
}
