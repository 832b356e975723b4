# The dead-letter queue lies in another root; what lies outside is taken to be right and told.
# Source: Terraform: dead-letter queue kept in another root, named by a data source.

data "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_sqs_queue" "jobs" {
  name           = "jobs"
  redrive_policy = jsonencode({ deadLetterTargetArn = data.aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
}
