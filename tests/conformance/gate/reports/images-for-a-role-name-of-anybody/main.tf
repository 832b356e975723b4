resource "aws_ecr_repository_policy" "x" {
  repository = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = ["*"] }, Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Condition = { StringLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/deploy" } } },
    ]
  })
}
