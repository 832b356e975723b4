resource "aws_sqs_queue" "d" {
  name = "d"
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.x.arn
  function_name    = "f"
}
resource "aws_sqs_queue" "x" {
  name           = "q"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.d.arn, maxReceiveCount = 4 })
  lifecycle {
    ignore_changes = [redrive_policy]
  }
}
