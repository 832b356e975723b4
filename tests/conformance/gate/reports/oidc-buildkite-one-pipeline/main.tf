resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/agent.buildkite.com" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringLike = { "agent.buildkite.com:sub" = "organization:acme:pipeline:deploy:*" }, StringEquals = { "agent.buildkite.com:aud" = "sts.amazonaws.com" } } }]
  })
}
