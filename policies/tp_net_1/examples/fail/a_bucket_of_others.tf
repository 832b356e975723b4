# A block of public access whose bucket another configuration declares; no bucket is here to be judged with it.
variable "bucket" {
  type = string
}

data "aws_s3_bucket" "archive" {
  bucket = "archive-of-another-configuration"
}

resource "aws_s3_bucket_public_access_block" "by_data" {
  bucket                  = data.aws_s3_bucket.archive.id
  block_public_acls       = false # expect: fail
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_public_access_block" "by_name" { # expect: fail
  bucket              = "archive-of-another-configuration"
  block_public_acls   = true
  block_public_policy = true
  ignore_public_acls  = true
}

resource "aws_s3_bucket_public_access_block" "by_variable" {
  bucket                  = var.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = false # expect: fail
  restrict_public_buckets = true
}
