resource "aws_s3_access_point" "open" {
  bucket = "acme-tapes"
  name   = "open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "s3:GetObject", Resource = "arn:aws:s3:us-east-1:111122223333:accesspoint/open/object/a" }] })
}
