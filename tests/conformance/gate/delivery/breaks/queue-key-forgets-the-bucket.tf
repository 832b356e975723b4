# The queue admits the bucket, and its key does not admit S3.
# Source: Amazon S3 User Guide, Granting permissions to publish event notification messages.
# Stops at: aws_s3_bucket_notification.in, aws_sqs_queue.jobs, aws_kms_key.own

resource "aws_s3_bucket" "in" {
  bucket = "in"
}

resource "aws_kms_key" "own" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
        Action    = "kms:*"
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
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.jobs.arn
      Condition = { ArnLike = { "aws:SourceArn" = aws_s3_bucket.in.arn } }
    }]
  })
}

resource "aws_s3_bucket_notification" "in" {
  bucket = aws_s3_bucket.in.id
  queue {
    queue_arn = aws_sqs_queue.jobs.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
