resource "aws_sqs_queue" "d" {
  name       = "d.fifo"
  fifo_queue = true
}
resource "aws_cloudwatch_event_bus" "b" {
  name = "b"
  dead_letter_config { arn = aws_sqs_queue.d.arn }
}
