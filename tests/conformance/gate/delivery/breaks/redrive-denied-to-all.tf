# The dead-letter queue takes nobody's messages.
# Source: SQS: Configuring a dead-letter queue redrive allow policy.
# Stops at: aws_sqs_queue.jobs, aws_sqs_queue.dead

resource "aws_sqs_queue" "dead" {
  name                      = "dead"
  message_retention_seconds = 1209600
  redrive_allow_policy      = jsonencode({ redrivePermission = "denyAll" })
}

resource "aws_sqs_queue" "jobs" {
  name           = "jobs"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
}
