resource "aws_ecr_repository_policy" "x" {
  repository = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Condition = { StringEquals = { "AWS:PrincipalOrgID" = "o-a1b2c3d4e5" }, ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/deploy" } } },
    ]
  })
}
