resource "aws_s3_bucket_policy" "x" {
  bucket = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::feeds/*" },
      { Effect = "Deny", Principal = "*", Action = "s3:PutObject", Resource = ["arn:aws:s3:::feeds", "arn:aws:s3:::feeds/*"], Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1a2b3c4d" } } },
    ]
  })
}
