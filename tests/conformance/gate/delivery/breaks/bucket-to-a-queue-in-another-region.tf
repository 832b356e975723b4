# A bucket notifies queues of its own region.
# Source: Amazon S3 User Guide: Event notification types and destinations.
# Stops at: aws_s3_bucket_notification.vault, aws_sqs_queue.jobs

resource "aws_s3_bucket" "vault" {
  bucket = "vault"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

resource "aws_sqs_queue" "jobs" {
  provider = aws.west
  name     = "jobs"
}

resource "aws_sqs_queue_policy" "jobs" {
  provider  = aws.west
  queue_url = aws_sqs_queue.jobs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.jobs.arn
      Condition = { ArnLike = { "aws:SourceArn" = aws_s3_bucket.vault.arn } }
    }]
  })
}

resource "aws_s3_bucket_notification" "vault" {
  bucket = aws_s3_bucket.vault.id
  queue {
    queue_arn = aws_sqs_queue.jobs.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
