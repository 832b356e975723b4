# A bucket tells a queue, by bucket and account.
# Source: S3: Granting permissions to publish event notification messages to a destination.

resource "aws_s3_bucket" "drop" {
  bucket = "drop-of-ours"
}

resource "aws_sqs_queue" "dropped" {
  name = "dropped"
}

resource "aws_sqs_queue_policy" "dropped" {
  queue_url = aws_sqs_queue.dropped.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "SQS:SendMessage"
      Resource  = aws_sqs_queue.dropped.arn
      Condition = {
        ArnLike      = { "aws:SourceArn" = "arn:aws:s3:*:*:drop-of-ours" }
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id }
      }
    }]
  })
}

resource "aws_s3_bucket_notification" "drop" {
  bucket = aws_s3_bucket.drop.id
  queue {
    queue_arn     = aws_sqs_queue.dropped.arn
    events        = ["s3:ObjectCreated:*"]
    filter_suffix = ".csv"
  }
}
