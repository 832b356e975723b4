# The dead-letter queue keeps messages for a shorter time than its source, and the time counts from the first sending.
# Source: SQS: Dead-letter queue retention should be longer than the source's.
# Stops at: aws_sqs_queue.jobs, aws_sqs_queue.dead

resource "aws_sqs_queue" "dead" {
  name                      = "dead"
  message_retention_seconds = 60
}

resource "aws_sqs_queue" "jobs" {
  name                      = "jobs"
  message_retention_seconds = 1209600
  redrive_policy            = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
}
