# An alarm publishes to a topic under a key that admits CloudWatch for this account's alarms.
# Source: Amazon CloudWatch User Guide, Amazon SNS topics encrypted with AWS KMS keys.

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = ["kms:GenerateDataKey*", "kms:Decrypt"]
        Resource  = "*"
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:cloudwatch:eu-west-1:${data.aws_caller_identity.me.account_id}:alarm:*" } }
      },
    ]
  })
}

resource "aws_sns_topic" "page" {
  name              = "page"
  kms_master_key_id = aws_kms_key.data.key_id
}

resource "aws_sns_topic_policy" "page" {
  arn = aws_sns_topic.page.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "SNS:Publish"
      Resource  = aws_sns_topic.page.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id } }
    }]
  })
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 0
  period              = 60
  statistic           = "Sum"
  alarm_actions       = [aws_sns_topic.page.arn]
}
