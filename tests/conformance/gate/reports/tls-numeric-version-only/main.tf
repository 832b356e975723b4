resource "aws_s3_bucket" "tape" {
  bucket = "bucket-tape"
}

resource "aws_s3_bucket_public_access_block" "tape" {
  bucket                  = aws_s3_bucket.tape.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "tape" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.tape.arn, "${aws_s3_bucket.tape.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "NumericLessThan"
      variable = "s3:TlsVersion"
      values   = ["1.3"]
    }
  }
}

resource "aws_s3_bucket_policy" "tape" {
  bucket = aws_s3_bucket.tape.bucket
  policy = data.aws_iam_policy_document.tape.json
}
