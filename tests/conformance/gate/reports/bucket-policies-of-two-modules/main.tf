module "bucket" { source = "./bucket" }
resource "aws_s3_bucket_policy" "logs" {
  bucket = module.bucket.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "s3:PutObject", Resource = "arn:aws:s3:::b/*" }]
  })
}
