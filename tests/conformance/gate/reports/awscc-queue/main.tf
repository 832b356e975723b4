resource "awscc_sqs_queue" "q" {
  queue_name = "q"
}
