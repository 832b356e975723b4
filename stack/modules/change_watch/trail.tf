# The account's own trail says the same where it has one; this one is made on request.
locals {
  trails = var.trail == null ? {} : { this = var.trail }
  # Who edits entries, tiles or records: what the functions themselves write is in the log already, and is most of it.
  logged = {
    bus    = { type = "AWS::Events::EventBus", equals = [var.event_bus_arn], starts_with = [] }
    tables = { type = "AWS::DynamoDB::Table", equals = values(var.tables), starts_with = [] }
    tiles  = { type = "AWS::S3::Object", equals = [], starts_with = ["arn:${var.account.partition}:s3:::${var.tile_bucket_name}/"] }
  }
}

resource "aws_cloudtrail" "this" {
  for_each = local.trails

  name                          = "trail-market-data-${var.environment_suffix}"
  s3_bucket_name                = aws_s3_bucket.trail[each.key].id
  enable_log_file_validation    = true
  include_global_service_events = true
  kms_key_id                    = aws_kms_key.this.arn

  advanced_event_selector {
    name = "Changes"

    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
    field_selector {
      field  = "readOnly"
      equals = ["false"]
    }
  }

  dynamic "advanced_event_selector" {
    for_each = { for name, what in local.logged : name => what if each.value.log_publishers || name != "bus" }

    content {
      name = "Data of ${advanced_event_selector.key}"

      field_selector {
        field  = "eventCategory"
        equals = ["Data"]
      }
      field_selector {
        field  = "resources.type"
        equals = [advanced_event_selector.value.type]
      }
      field_selector {
        field  = "readOnly"
        equals = ["false"]
      }
      field_selector {
        field       = "resources.ARN"
        equals      = length(advanced_event_selector.value.equals) > 0 ? advanced_event_selector.value.equals : null
        starts_with = length(advanced_event_selector.value.starts_with) > 0 ? advanced_event_selector.value.starts_with : null
      }
    }
  }

  # AWS looks whether it may write when the trail is made.
  depends_on = [aws_s3_bucket_policy.trail]
}

resource "aws_s3_bucket" "trail" {
  for_each = local.trails

  bucket        = "bucket-audit-trail-${var.account.id}-${var.environment_suffix}"
  force_destroy = true
}

resource "aws_s3_bucket_ownership_controls" "trail" {
  for_each = aws_s3_bucket.trail

  bucket = each.value.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "trail" {
  for_each = aws_s3_bucket.trail

  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# A log file that is overwritten or deleted stays readable as an older version.
resource "aws_s3_bucket_versioning" "trail" {
  for_each = aws_s3_bucket.trail

  bucket = each.value.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "trail" {
  for_each = aws_s3_bucket.trail

  bucket = each.value.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      kms_master_key_id = aws_kms_key.this.arn
      sse_algorithm     = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "trail" {
  for_each = aws_s3_bucket.trail

  bucket = each.value.id

  rule {
    id     = "retention"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }

    expiration {
      days = local.trails[each.key].retention_days
    }

    noncurrent_version_expiration {
      noncurrent_days = local.trails[each.key].retention_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.trail]
}

# AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail".
resource "aws_s3_bucket_policy" "trail" {
  for_each = aws_s3_bucket.trail

  bucket = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TrailLooks"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = each.value.arn
        Condition = { ArnEquals = { "aws:SourceArn" = local.trail_arn } }
      },
      {
        Sid       = "TrailWrites"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${each.value.arn}/AWSLogs/${var.account.id}/*"
        Condition = {
          ArnEquals    = { "aws:SourceArn" = local.trail_arn }
          StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control" }
        }
      },
      {
        Sid       = "DenyPlaintextTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [each.value.arn, "${each.value.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.trail]
}
