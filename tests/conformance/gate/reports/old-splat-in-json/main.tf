resource "aws_sqs_queue" "q" {
  count                     = 2
  name                      = "q${count.index}"
  message_retention_seconds = count.index == 0 ? 7 : 365
}
