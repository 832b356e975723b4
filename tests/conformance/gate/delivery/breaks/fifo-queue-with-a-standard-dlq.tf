# The dead-letter queue of a FIFO queue must be FIFO.
# Source: Amazon SQS Developer Guide, Using dead-letter queues.
# Stops at: aws_sqs_queue.jobs, aws_sqs_queue.dead

resource "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_sqs_queue" "jobs" {
  name           = "jobs.fifo"
  fifo_queue     = true
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
}
