# S3 takes no FIFO queue.
# Source: S3: Event notification types and destinations, FIFO queues are not supported.
# Stops at: aws_s3_bucket_notification.drop, aws_sqs_queue.dropped

resource "aws_s3_bucket" "drop" {
  bucket = "drop-of-ours"
}

resource "aws_sqs_queue" "dropped" {
  name       = "dropped.fifo"
  fifo_queue = true
}

resource "aws_sqs_queue_policy" "dropped" {
  queue_url = aws_sqs_queue.dropped.id
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "s3.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.dropped.arn }] })
}

resource "aws_s3_bucket_notification" "drop" {
  bucket = aws_s3_bucket.drop.id
  queue {
    queue_arn = aws_sqs_queue.dropped.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
