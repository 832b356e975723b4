# The dead-letter queue of a subscription is under a key that admits SNS.
# Source: aws/aws-cdk, issue 11122.

resource "aws_kms_key" "failed" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = ["kms:GenerateDataKey", "kms:Decrypt"], Resource = "*" },
    ]
  })
}

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sqs_queue" "failed" {
  name              = "failed"
  kms_master_key_id = aws_kms_key.failed.arn
}

resource "aws_sqs_queue_policy" "failed" {
  queue_url = aws_sqs_queue.failed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.failed.arn
      Condition = { ArnLike = { "aws:SourceArn" = aws_sns_topic.bell.arn } }
    }]
  })
}

resource "aws_lambda_permission" "bell" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.bell.arn
}

resource "aws_sns_topic_subscription" "work" {
  topic_arn      = aws_sns_topic.bell.arn
  protocol       = "lambda"
  endpoint       = aws_lambda_function.work.arn
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn })
}
