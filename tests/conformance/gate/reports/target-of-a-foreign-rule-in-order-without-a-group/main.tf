resource "aws_sqs_queue" "q" {
  name                        = "q.fifo"
  fifo_queue                  = true
  content_based_deduplication = true
}
resource "aws_cloudwatch_event_target" "t" {
  rule = "made-elsewhere"
  arn  = aws_sqs_queue.q.arn
}
