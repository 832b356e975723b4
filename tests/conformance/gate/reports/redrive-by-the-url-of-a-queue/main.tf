resource "aws_sqs_queue" "d" { name = "d" }
resource "aws_sqs_queue" "q" {
  name           = "q"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.d.url, maxReceiveCount = 3 })
}
