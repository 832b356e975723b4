# The key that AWS manages does not admit S3.
# Source: SNS Developer Guide: Key management
# Stops at: aws_sns_topic.bell, aws_s3_bucket_notification.data

resource "aws_sns_topic" "bell" {
  name              = "bell"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_policy" "bell" {
  arn    = aws_sns_topic.bell.arn
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "s3.amazonaws.com" }, Action = "sns:Publish", Resource = aws_sns_topic.bell.arn }] })
}

resource "aws_s3_bucket" "data" {
  bucket = "data-of-acc"
}

resource "aws_s3_bucket_notification" "data" {
  bucket = aws_s3_bucket.data.id
  topic {
    topic_arn = aws_sns_topic.bell.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
