resource "aws_sqs_queue" "work" {
  name                    = "work"
  sqs_managed_sse_enabled = false
}
