resource "aws_iam_policy" "this" {
  name = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action = ["s3:GetBucketLifecycle"]
      Resource = ["arn:aws:s3:::prices", "arn:aws:s3:::prices/*"]
    }]
  })
}
