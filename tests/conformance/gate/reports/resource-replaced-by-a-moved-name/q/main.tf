resource "aws_sqs_queue" "this" {
  name = "q"
  lifecycle {
    create_before_destroy = true
    prevent_destroy       = true
  }
}
