# Each denies every request without TLS, in words that scanners have failed to read: aws-guard-rules-registry#218, the
# S3 user guide's policies on s3:TlsVersion, and the AWS Config rule s3-bucket-ssl-requests-only.
resource "aws_s3_account_public_access_block" "all" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "two_statements" {
  bucket = "bucket-two-statements"
}

data "aws_iam_policy_document" "two_statements" {
  statement {
    effect    = "Deny"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.two_statements.arn]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "BoolIfExists"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
  statement {
    effect    = "Deny"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.two_statements.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringNotEquals"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}

resource "aws_s3_bucket_policy" "two_statements" {
  bucket = aws_s3_bucket.two_statements.id
  policy = data.aws_iam_policy_document.two_statements.json
}

resource "aws_s3_bucket" "version" {
  bucket = "bucket-version"
}

resource "aws_s3_bucket_policy" "version" {
  bucket = aws_s3_bucket.version.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "${aws_s3_bucket.version.arn}*"
      Condition = { NumericLessThanIfExists = { "s3:TlsVersion" = 1.2 } }
    }]
  })
}

resource "aws_sqs_queue" "inbox" {
  name                    = "queue-inbox"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue_policy" "inbox" {
  queue_url = aws_sqs_queue.inbox.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      NotAction = "sqs:GetQueueUrl"
      Resource  = aws_sqs_queue.inbox.arn
      Condition = {
        Bool         = { "aws:SecureTransport" = false }
        BoolIfExists = { "aws:PrincipalIsAWSService" = "false" }
      }
    }]
  })
}

resource "aws_sns_topic" "alarms" {
  name              = "topic-alarms"
  kms_master_key_id = "alias/alarms"
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { StringEquals = { "aws:SecureTransport" = "false" } }
    }]
  })
}
