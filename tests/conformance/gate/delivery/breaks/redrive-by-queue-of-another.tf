# The dead-letter queue admits another queue by name.
# Source: SQS Developer Guide: redrive allow policy
# Stops at: aws_sqs_queue.jobs, aws_sqs_queue.dead

resource "aws_sqs_queue" "dead" {
  name                      = "dead"
  message_retention_seconds = 1209600
  redrive_allow_policy      = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:eu-west-1:${data.aws_caller_identity.me.account_id}:job"] })
}
resource "aws_sqs_queue" "jobs" {
  name           = "jobs"
  redrive_policy = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-west-1:${data.aws_caller_identity.me.account_id}:dead", maxReceiveCount = 3 })
}
