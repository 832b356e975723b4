locals { prefix = "testing" }
resource "aws_s3_bucket" "log" { bucket = "${local.prefix}-log" }
resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.log.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket_policy" "log" {
  bucket = aws_s3_bucket.log.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = [aws_s3_bucket.log.arn, "${aws_s3_bucket.log.arn}/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
