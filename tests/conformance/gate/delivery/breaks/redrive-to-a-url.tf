# The dead-letter queue is named by its URL.
# Source: Amazon SQS API Reference, SetQueueAttributes, RedrivePolicy.
# Stops at: aws_sqs_queue.jobs

resource "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_sqs_queue" "jobs" {
  name           = "jobs"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.url, maxReceiveCount = 3 })
}
