resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.codefresh.io" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringLike = { "oidc.codefresh.io:sub" = "account:64f884faac2751b77ca7ab24:pipeline:64f7232ab698cfcb95d93cef:*" } } }]
  })
}
