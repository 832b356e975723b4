module "one" {
  source = "./notify"
  bucket = aws_s3_bucket.b.id
  prefix = "a/"
}

module "two" {
  source = "./notify"
  bucket = aws_s3_bucket.b.id
  prefix = "b/"
}

resource "aws_s3_bucket" "b" {
  bucket = "acme-b"
}
