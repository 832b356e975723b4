resource "aws_s3_bucket_public_access_block" "b" {
  bucket       = "b"
  skip_destroy = true
}
