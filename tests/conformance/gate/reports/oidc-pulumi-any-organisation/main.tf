resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/api.pulumi.com/oidc" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringLike = { "api.pulumi.com/oidc:sub" = "pulumi:deploy:org:*:project:trades:*" } } }]
  })
}
