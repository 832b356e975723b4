# The queue has no policy.
# Source: S3: Granting permissions to publish event notification messages to a destination.
# Stops at: aws_s3_bucket_notification.drop, aws_sqs_queue.dropped

resource "aws_s3_bucket" "drop" {
  bucket = "drop-of-ours"
}

resource "aws_sqs_queue" "dropped" {
  name = "dropped"
}

resource "aws_s3_bucket_notification" "drop" {
  bucket = aws_s3_bucket.drop.id
  queue {
    queue_arn = aws_sqs_queue.dropped.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
