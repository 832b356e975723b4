resource "aws_s3_bucket" "public" { # expect: fail
  bucket = "public"
}

resource "aws_s3_bucket" "half" { # expect: fail
  bucket = "half"
}

resource "aws_s3_bucket_public_access_block" "half" { # expect: fail
  bucket              = aws_s3_bucket.half.id
  block_public_acls   = true
  block_public_policy = false # expect: fail
  ignore_public_acls  = true
}

resource "aws_sqs_queue" "plain" { # expect: fail
  name = "plain"
}

resource "aws_sns_topic" "plain" { # expect: fail
  name              = "plain"
  kms_master_key_id = "alias/aws/sns"
  policy = jsonencode({
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" }, StringEquals = { "aws:PrincipalTag/desk" = "x" } }
    }]
  })
}
