resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = ["billingreports.amazonaws.com", "bcm-data-exports.amazonaws.com"] }, Action = ["s3:PutObject", "s3:GetBucketPolicy"], Resource = ["arn:aws:s3:::logs/*", "arn:aws:s3:::logs"], Condition = { StringLike = { "aws:SourceArn" = ["arn:aws:cur:us-east-1:111122223333:definition/*", "arn:aws:bcm-data-exports:us-east-1:111122223333:export/*"], "aws:SourceAccount" = "111122223333" } } }]
  })
}
