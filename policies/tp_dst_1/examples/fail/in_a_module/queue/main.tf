resource "aws_sqs_queue" "this" {
  name = "this"
  lifecycle {
    prevent_destroy = true # expect: fail
  }
}
