resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/vstoken.dev.azure.com/1b2c3d4e-0000-4000-8000-123456789abc" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringEquals = { "vstoken.dev.azure.com/1b2c3d4e-0000-4000-8000-123456789abc:aud" = "api://AzureADTokenExchange", "vstoken.dev.azure.com/1b2c3d4e-0000-4000-8000-123456789abc:sub" = "sc://acme/trades/aws" } } }]
  })
}
