data "aws_caller_identity" "me" {}
locals {
  parts = provider::aws::arn_parse("arn:aws:iam::999988887777:role/other")
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
resource "aws_sqs_queue_policy" "p" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.q.arn, Principal = { AWS = local.parts.account_id } }] })
}
