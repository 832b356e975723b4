provider "awscc" { region = "us-east-1" }
resource "awscc_sqs_queue" "q" { queue_name = "q" }
