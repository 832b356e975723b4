resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.fly.io/acme" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringEquals = { "oidc.fly.io/acme:aud" = "sts.amazonaws.com" }, StringLike = { "oidc.fly.io/acme:sub" = "acme:trades:*" } } }]
  })
}
