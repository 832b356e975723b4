resource "aws_sqs_queue" "dlq" { name = "dlq" }
data "aws_sqs_queue" "dlq" {
  name       = "dlq"
  depends_on = [aws_sqs_queue.dlq]
}
resource "aws_sqs_queue" "q" {
  name           = "q"
  redrive_policy = jsonencode({ deadLetterTargetArn = data.aws_sqs_queue.dlq.arn, maxReceiveCount = 3 })
}
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = "f"
  event_source_arn = aws_sqs_queue.q.arn
}
