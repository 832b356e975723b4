resource "aws_sqs_queue" "d" { name = "d" }
resource "aws_sqs_queue" "q" {
  name           = "q"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.d.arn, maxReceiveCount = 3 })
}
resource "aws_sqs_queue" "late" { name = "q-late" }
data "aws_sqs_queue" "late" { name = "${aws_sqs_queue.q.name}-late" }
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = "f"
  event_source_arn = aws_sqs_queue.late.arn
}
