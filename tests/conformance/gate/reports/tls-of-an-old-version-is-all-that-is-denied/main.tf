resource "aws_s3_bucket" "prices" {
  bucket = "prices"
}

resource "aws_s3_bucket_public_access_block" "prices" {
  bucket                  = aws_s3_bucket.prices.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "prices" {
  bucket = aws_s3_bucket.prices.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Principal = { AWS = "*" }, Action = "s3:*", Resource = [aws_s3_bucket.prices.arn, "${aws_s3_bucket.prices.arn}/*"], Condition = { Bool = { "aws:SecureTransport" = "true" }, NumericLessThan = { "s3:TlsVersion" = "1.2" } } }]
  })
}
