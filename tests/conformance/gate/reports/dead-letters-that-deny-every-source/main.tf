resource "aws_sqs_queue" "dead" {
  name                 = "dead"
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}
resource "aws_sqs_queue" "q" {
  name           = "q"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 4 })
}
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = "f"
  event_source_arn = aws_sqs_queue.q.arn
}
