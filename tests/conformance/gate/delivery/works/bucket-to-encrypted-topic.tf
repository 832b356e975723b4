# A bucket tells a topic under a key of one's own, which admits Amazon S3.
# Source: Amazon S3 User Guide, Granting permissions to publish event notification messages.

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { Service = "s3.amazonaws.com" }
        Action    = ["kms:GenerateDataKey*", "kms:Decrypt"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id } }
      },
    ]
  })
}

resource "aws_s3_bucket" "in" {
  bucket = "in"
}

resource "aws_sns_topic" "new" {
  name              = "new"
  kms_master_key_id = aws_kms_key.data.id
}

resource "aws_sns_topic_policy" "new" {
  arn = aws_sns_topic.new.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "SNS:Publish"
      Resource  = aws_sns_topic.new.arn
      Condition = { ArnLike = { "aws:SourceArn" = aws_s3_bucket.in.arn }, StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id } }
    }]
  })
}

resource "aws_s3_bucket_notification" "in" {
  bucket = aws_s3_bucket.in.id
  topic {
    topic_arn = aws_sns_topic.new.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
