resource "aws_s3_bucket" "drops" {
  bucket = "acme-drops"
}

resource "aws_s3_bucket_notification" "first" {
  bucket = aws_s3_bucket.drops.id
  topic {
    topic_arn     = "arn:aws:sns:us-east-1:111122223333:a"
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = "a/"
  }
}

resource "aws_s3_bucket_notification" "second" {
  bucket = aws_s3_bucket.drops.bucket
  topic {
    topic_arn     = "arn:aws:sns:us-east-1:111122223333:b"
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = "b/"
  }
}
