resource "aws_s3_bucket" "b" {
  bucket        = "acme-b"
  force_destroy = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
  bucket = aws_s3_bucket.b.bucket
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "b" {
  bucket                  = aws_s3_bucket.b.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.bucket
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Tls", Effect = "Deny", Principal = { AWS = "*" }, Action = ["s3:*"], Resource = [aws_s3_bucket.b.arn, format("%s/*", aws_s3_bucket.b.arn)], Condition = { Bool = { "aws:SecureTransport" = false } } }]
  })
}
