resource "aws_sqs_queue" "dlq" {
  for_each = toset(["a", "b"])
  name     = "dlq-${each.key}"
}
resource "aws_sqs_queue" "q" {
  for_each       = aws_sqs_queue.dlq
  name           = "q-${each.key}"
  redrive_policy = jsonencode({ deadLetterTargetArn = each.value.arn, maxReceiveCount = 3 })
}
output "dead" { value = { for k, q in aws_sqs_queue.dlq : k => q.url } }
