resource "aws_s3_bucket_acl" "a" {
  bucket = "b"
  acl    = "public-read-write"
}
