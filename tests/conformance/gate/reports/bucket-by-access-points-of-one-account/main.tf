resource "aws_s3_bucket_policy" "x" {
  bucket = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = "s3:GetObject", Resource = ["arn:aws:s3:::feeds", "arn:aws:s3:::feeds/*"], Condition = { StringEquals = { "s3:DataAccessPointAccount" = "111122223333" } } },
    ]
  })
}
