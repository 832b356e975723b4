resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "logdelivery.elb.amazonaws.com" }, Action = "s3:PutObject", Resource = "arn:aws:s3:::logs/AWSLogs/111122223333/*", Condition = { StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control" } } }]
  })
}
