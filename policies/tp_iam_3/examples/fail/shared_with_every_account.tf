# What lets everyone in without a policy document, and a document that names those who are left out.
resource "aws_s3_bucket" "archive" {
  bucket = "archive"
}

resource "aws_s3_bucket_acl" "archive" {
  bucket = aws_s3_bucket.archive.id
  acl    = "public-read" # expect: fail
}

resource "aws_ami_launch_permission" "recorder" {
  image_id = "ami-0123456789abcdef0"
  group    = "all" # expect: fail
}

resource "aws_sqs_queue_policy" "trade" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/123456789012/trade"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect       = "Allow"
      NotPrincipal = { AWS = "arn:aws:iam::123456789012:root" } # expect: fail
      Action       = "sqs:SendMessage"
      Resource     = "arn:aws:sqs:us-east-1:123456789012:trade"
    }]
  })
}
