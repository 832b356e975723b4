resource "aws_s3_bucket_policy" "x" {
  bucket = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "cloudfront.amazonaws.com" }, Action = "s3:GetObject", Resource = "arn:aws:s3:::feeds/*", Condition = { ArnLike = { "AWS:SourceArn" = "arn:aws:cloudfront::111122223333:distribution/*" } } },
    ]
  })
}
