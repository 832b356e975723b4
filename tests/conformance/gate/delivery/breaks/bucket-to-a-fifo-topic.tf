# S3 does not send to FIFO topics.
# Source: Amazon S3 User Guide, Event notification types and destinations.
# Stops at: aws_s3_bucket_notification.in, aws_sns_topic.told

resource "aws_s3_bucket" "in" {
  bucket = "in"
}

resource "aws_sns_topic" "told" {
  name       = "told.fifo"
  fifo_topic = true
}

resource "aws_sns_topic_policy" "told" {
  arn = aws_sns_topic.told.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "s3.amazonaws.com" }, Action = "sns:Publish", Resource = aws_sns_topic.told.arn }]
  })
}

resource "aws_s3_bucket_notification" "in" {
  bucket = aws_s3_bucket.in.id
  topic {
    topic_arn = aws_sns_topic.told.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
