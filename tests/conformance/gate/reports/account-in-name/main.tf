resource "aws_s3_bucket" "b" {
  bucket = "acme-tapes-111122223333"
}
