resource "aws_ecr_repository_policy" "x" {
  repository = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Condition = { "ForAllValues:StringLike" = { "aws:PrincipalOrgPaths" = "o-a1b2c3d4e5/*" } } },
    ]
  })
}
