# Denials that leave requests without TLS: a version that such a request has not, a part of the bucket, a part of the
# actions, only some networks.
resource "aws_s3_account_public_access_block" "all" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = false # expect: fail
}

resource "aws_s3_bucket" "old_versions" { # expect: fail
  bucket = "bucket-old-versions"
}

resource "aws_s3_bucket_policy" "old_versions" {
  bucket = aws_s3_bucket.old_versions.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.old_versions.arn, "${aws_s3_bucket.old_versions.arn}/*"]
      Condition = { NumericLessThan = { "s3:TlsVersion" = 1.2 } }
    }]
  })
}

resource "aws_s3_bucket" "one_prefix" { # expect: fail
  bucket = "bucket-one-prefix"
}

resource "aws_s3_bucket_policy" "one_prefix" {
  bucket = aws_s3_bucket.one_prefix.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.one_prefix.arn, "${aws_s3_bucket.one_prefix.arn}/logs/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_sqs_queue" "half" { # expect: fail
  name                    = "queue-half"
  sqs_managed_sse_enabled = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_sqs_queue" "one_network" { # expect: fail
  name                    = "queue-one-network"
  sqs_managed_sse_enabled = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" }, IpAddress = { "aws:SourceIp" = "10.0.0.0/8" } }
    }]
  })
}

resource "aws_sns_topic" "wrong_way" { # expect: fail
  name              = "topic-wrong-way"
  kms_master_key_id = "alias/alarms"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "true" } }
    }]
  })
}
