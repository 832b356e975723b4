variable "bucket" { type = string }
data "aws_s3_bucket" "b" { bucket = var.bucket }
resource "aws_s3_bucket_public_access_block" "b" {
  bucket                  = data.aws_s3_bucket.b.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket_policy" "b" {
  bucket = data.aws_s3_bucket.b.bucket
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = [data.aws_s3_bucket.b.arn, "${data.aws_s3_bucket.b.arn}/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
