# Bucket names are unique across all accounts, hence the account in the purpose.
resource "aws_s3_bucket" "tiles" {
  bucket        = "bucket-audit-tiles-${var.account.id}-${var.environment_suffix}"
  force_destroy = true
}

resource "aws_s3_bucket_ownership_controls" "tiles" {
  bucket = aws_s3_bucket.tiles.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "tiles" {
  bucket                  = aws_s3_bucket.tiles.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# A tile or checkpoint that is overwritten stays readable as an older version.
resource "aws_s3_bucket_versioning" "tiles" {
  bucket = aws_s3_bucket.tiles.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "tiles" {
  bucket = aws_s3_bucket.tiles.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      kms_master_key_id = var.data_key_arn
      sse_algorithm     = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "tiles" {
  bucket = aws_s3_bucket.tiles.id

  rule {
    id     = "incomplete-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  # The checkpoint is overwritten every minute and every tile until it is full.
  rule {
    id     = "overwritten-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.overwritten_tile_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.tiles]
}

resource "aws_s3_bucket_policy" "tiles" {
  bucket = aws_s3_bucket.tiles.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "DenyPlaintextTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.tiles.arn, "${aws_s3_bucket.tiles.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "OnlySealerPublishes"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.tiles.arn}/*"
        # AWS names the role of whoever has taken it; the embedded AWS names the session.
        Condition = {
          ArnNotLike = {
            "aws:PrincipalArn" = [
              aws_iam_role.sealer.arn,
              "arn:${var.account.partition}:sts::${var.account.id}:assumed-role/${aws_iam_role.sealer.name}/*",
            ]
          }
        }
      },
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.tiles]
}
