# A key for message authentication codes cannot encrypt a topic's queue.
# Source: AWS KMS Developer Guide, HMAC keys.
# Stops at: aws_sns_topic_subscription.told, aws_sqs_queue.jobs, aws_kms_key.own

resource "aws_sns_topic" "told" {
  name = "told"
}

resource "aws_kms_key" "own" {
  key_usage                = "GENERATE_VERIFY_MAC"
  customer_master_key_spec = "HMAC_256"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
      },
    ]
  })
}

resource "aws_sqs_queue" "jobs" {
  name              = "jobs"
  kms_master_key_id = aws_kms_key.own.arn
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.jobs.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.told.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "told" {
  topic_arn = aws_sns_topic.told.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.jobs.arn
}
