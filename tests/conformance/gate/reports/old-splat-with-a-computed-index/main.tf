resource "aws_sqs_queue" "q" {
  count                     = 2
  name                      = "q${count.index}"
  message_retention_seconds = count.index == 0 ? 7 : 365
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/g"
  retention_in_days = aws_sqs_queue.q.*.message_retention_seconds[length([])]
}
