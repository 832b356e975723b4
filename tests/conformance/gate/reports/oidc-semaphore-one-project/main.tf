resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/acme.semaphoreci.com" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringLike = { "acme.semaphoreci.com:sub" = "org:acme:project:936a5312-a3b8-4921-8b3f-2cec8baac574:repo:web:ref_type:branch:ref:refs/heads/main" } } }]
  })
}
