resource "aws_s3_bucket_policy" "x" {
  bucket = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE7XY3Z" }, Action = "s3:GetObject", Resource = "arn:aws:s3:::feeds/*" },
    ]
  })
}
