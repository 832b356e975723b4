resource "aws_iam_policy" "this" {
  name = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Deny"
      Action = ["s3:HeadBucket"]
      Resource = ["arn:aws:s3:::prices", "arn:aws:s3:::prices/*"]
    }]
  })
}
