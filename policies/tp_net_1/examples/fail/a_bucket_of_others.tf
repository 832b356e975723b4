# A block of public access whose bucket another configuration declares; no bucket is here to be judged with it.
variable "bucket" {
  type    = string
  default = "archive-of-somebody"
}

locals {
  archive = "archive-of-${var.bucket}"
}

resource "aws_s3_bucket_public_access_block" "by_local" {
  bucket                  = local.archive
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
