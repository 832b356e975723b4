data "aws_eks_cluster" "main" {
  name = "main"
}

data "aws_caller_identity" "me" {}

locals {
  issuer = replace(data.aws_eks_cluster.main.identity[0].oidc[0].issuer, "https://", "")
}

resource "aws_iam_role" "pod" {
  name = "pod"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:oidc-provider/${local.issuer}" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringEquals = {
        "${local.issuer}:sub" = "system:serviceaccount:feeds:reader"
        "${local.issuer}:aud" = "sts.amazonaws.com"
      } }
    }]
  })
}
