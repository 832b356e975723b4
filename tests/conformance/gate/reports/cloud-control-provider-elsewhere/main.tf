provider "aws" { region = "us-east-1" }
provider "awscc" { region = "eu-west-1" }
resource "awscc_sqs_queue" "q" { queue_name = "q" }
