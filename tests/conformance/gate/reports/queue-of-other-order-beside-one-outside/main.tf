variable "outside" { type = string }
resource "aws_sqs_queue" "bad" {
  name       = "bad.fifo"
  fifo_queue = true
}
resource "aws_sqs_queue" "q" {
  name           = "q"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.bad.arn, maxReceiveCount = 3 })
}
resource "aws_sqs_queue" "p" {
  name           = "p"
  redrive_policy = jsonencode({ deadLetterTargetArn = var.outside, maxReceiveCount = 3 })
}
resource "aws_lambda_event_source_mapping" "m" {
  for_each         = { p = aws_sqs_queue.p.arn, q = aws_sqs_queue.q.arn }
  function_name    = "f"
  event_source_arn = each.value
}
