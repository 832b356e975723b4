resource "aws_sqs_queue" "work" {
  name              = "work"
  kms_master_key_id = "alias/aws/sqs"
}

resource "aws_s3_bucket" "drops" {
  bucket = "acme-drops"
}

resource "aws_s3_bucket_notification" "drops" {
  bucket = aws_s3_bucket.drops.id
  queue {
    queue_arn = aws_sqs_queue.work.arn
    events    = ["s3:ObjectCreated:*"]
  }
}

resource "aws_sqs_queue_policy" "work" {
  queue_url = aws_sqs_queue.work.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.work.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_s3_bucket.drops.arn } }
    }]
  })
}
