variable "prefixes" {
  type    = set(string)
  default = ["a/", "b/"]
}

resource "aws_s3_bucket" "drops" {
  bucket = "acme-drops"
}

resource "aws_s3_bucket_notification" "each" {
  for_each = var.prefixes
  bucket   = aws_s3_bucket.drops.id
  topic {
    topic_arn     = "arn:aws:sns:us-east-1:111122223333:a"
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = each.value
  }
}
