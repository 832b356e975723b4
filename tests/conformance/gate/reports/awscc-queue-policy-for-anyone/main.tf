resource "awscc_sqs_queue_policy" "p" {
  queues          = ["https://sqs.us-east-1.amazonaws.com/123456789012/q"]
  policy_document = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*" }] })
}
