resource "aws_sqs_queue" "d" {
  name       = "d.fifo"
  fifo_queue = true
}
resource "aws_cloudwatch_event_target" "t" {
  rule = "made-elsewhere"
  arn  = "arn:aws:sqs:us-east-1:111122223333:a"
  dead_letter_config { arn = aws_sqs_queue.d.arn }
}
