resource "aws_sqs_queue" "d" { name = "d.fifo" }
resource "aws_sqs_queue" "good" { name = "good" }
resource "aws_sqs_queue" "bad" {
  name       = "bad.fifo"
  fifo_queue = true
}
resource "aws_sqs_queue" "q" {
  name           = "q"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.good.arn, maxReceiveCount = 3 })
}
resource "aws_sqs_queue_redrive_policy" "q" {
  queue_url      = aws_sqs_queue.q.id
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.bad.arn, maxReceiveCount = 3 })
}
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = "f"
  event_source_arn = aws_sqs_queue.q.arn
}
