import {
  to = aws_s3_bucket.b
  id = "b"
}
resource "aws_s3_bucket" "b" {
  bucket = "b"
}
