resource "aws_iam_role" "x" {
  name               = "x"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.circleci.com/org/1b2c3d4e-0000-4000-8000-123456789abc" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringLike = { "oidc.circleci.com/org/1b2c3d4e-0000-4000-8000-123456789abc:sub" = "org/1b2c3d4e-0000-4000-8000-123456789abc/project/9f8e7d6c-0000-4000-8000-123456789abc/user/*" } } },
    ]
  })
}
