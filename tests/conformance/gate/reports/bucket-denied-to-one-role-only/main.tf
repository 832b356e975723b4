resource "aws_s3_bucket_policy" "x" {
  bucket = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::feeds/*" },
      { Effect = "Deny", Principal = { AWS = "arn:aws:iam::111122223333:role/feed" }, Action = "s3:*", Resource = ["arn:aws:s3:::feeds", "arn:aws:s3:::feeds/*"], Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1a2b3c4d" } } },
    ]
  })
}
