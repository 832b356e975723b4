resource "aws_iam_role" "x" {
  name               = "x"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Federated = "*" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringEquals = { "token.actions.githubusercontent.com:sub" = "repo:acme/feeds:ref:refs/heads/main" } } },
    ]
  })
}
