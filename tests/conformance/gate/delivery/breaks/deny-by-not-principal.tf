# A Deny for everybody but a role hits SNS.
# Source: IAM: NotPrincipal with Deny.
# Stops at: aws_sns_topic_subscription.desk, aws_sqs_queue_policy.desk, aws_sqs_queue.desk

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sqs_queue" "desk" {
  name = "desk"
}

resource "aws_sqs_queue_policy" "desk" {
  queue_url = aws_sqs_queue.desk.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.desk.arn },
      { Effect = "Deny", NotPrincipal = { AWS = [aws_iam_role.work.arn, "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"] }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.desk.arn },
    ]
  })
}

resource "aws_sns_topic_subscription" "desk" {
  topic_arn = aws_sns_topic.bell.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.desk.arn
}
