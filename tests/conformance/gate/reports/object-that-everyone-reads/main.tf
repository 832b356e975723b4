resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = "hello"
  acl     = "public-read"
}
