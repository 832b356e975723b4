resource "aws_s3_bucket" "b" {
  bucket        = "tapes"
  force_destroy = true
}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket                  = element(split(":::", aws_s3_bucket.b.arn), 1)
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket_policy" "b" {
  bucket = reverse(split(":", aws_s3_bucket.b.arn))[0]
  policy = jsonencode({
    Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = [aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
  })
}
