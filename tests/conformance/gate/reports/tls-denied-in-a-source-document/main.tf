resource "aws_s3_bucket" "tapes" {
  bucket = "acme-tapes"
}

resource "aws_s3_bucket_public_access_block" "tapes" {
  bucket                  = aws_s3_bucket.tapes.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "transit" {
  statement {
    sid       = "Tls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::${aws_s3_bucket.tapes.id}", "arn:aws:s3:::${aws_s3_bucket.tapes.id}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = [false]
    }
  }
}

data "aws_iam_policy_document" "tapes" {
  source_policy_documents = [data.aws_iam_policy_document.transit.json]
}

resource "aws_s3_bucket_policy" "tapes" {
  bucket = aws_s3_bucket.tapes.id
  policy = data.aws_iam_policy_document.tapes.json
}
