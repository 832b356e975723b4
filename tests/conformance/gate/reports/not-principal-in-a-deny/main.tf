resource "aws_s3_bucket_policy" "b" {
  bucket = "b"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", NotPrincipal = { AWS = "arn:aws:iam::111122223333:role/feed" }, Action = "s3:PutObject", Resource = "arn:aws:s3:::b/*" }] })
}
