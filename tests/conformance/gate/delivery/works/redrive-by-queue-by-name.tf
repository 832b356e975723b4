# Redrive by queue by name.
# Source: SQS Developer Guide: redrive allow policy

resource "aws_sqs_queue" "dead" {
  name                      = "dead"
  message_retention_seconds = 1209600
  redrive_allow_policy      = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:eu-west-1:${data.aws_caller_identity.me.account_id}:other", "arn:aws:sqs:eu-west-1:${data.aws_caller_identity.me.account_id}:jobs"] })
}
resource "aws_sqs_queue" "jobs" {
  name           = "jobs"
  redrive_policy = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-west-1:${data.aws_caller_identity.me.account_id}:dead", maxReceiveCount = 3 })
}
