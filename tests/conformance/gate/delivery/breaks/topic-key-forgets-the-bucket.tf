# The topic's key admits its account only.
# Source: S3: Event notifications to encrypted topics.
# Stops at: aws_s3_bucket_notification.docs, aws_sns_topic.docs, aws_kms_key.docs

resource "aws_kms_key" "docs" {
  description = "docs"
}

resource "aws_s3_bucket" "docs" {
  bucket = "docs-of-ours"
}

resource "aws_sns_topic" "docs" {
  name              = "docs"
  kms_master_key_id = aws_kms_key.docs.id
}

resource "aws_sns_topic_policy" "docs" {
  arn    = aws_sns_topic.docs.arn
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "s3.amazonaws.com" }, Action = "sns:Publish", Resource = aws_sns_topic.docs.arn }] })
}

resource "aws_s3_bucket_notification" "docs" {
  bucket = aws_s3_bucket.docs.id
  topic {
    topic_arn = aws_sns_topic.docs.arn
    events    = ["s3:ObjectRemoved:*"]
  }
}
