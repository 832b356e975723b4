variable "lock" {
  type    = list(string)
  default = []
}

resource "aws_s3_bucket" "tapes" {
  bucket        = "acme-tapes"
  force_destroy = true
}

resource "aws_s3_bucket_object_lock_configuration" "tapes" {
  for_each = toset(var.lock)
  bucket   = aws_s3_bucket.tapes.id
  rule {
    default_retention {
      mode = each.key
      days = 5
    }
  }
}
