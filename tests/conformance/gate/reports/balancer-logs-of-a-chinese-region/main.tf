provider "aws" {
  allowed_account_ids = ["111122223333"]
}

resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws-cn:iam::638102146993:root" }, Action = "s3:PutObject", Resource = "arn:aws-cn:s3:::logs/AWSLogs/111122223333/*" }]
  })
}
