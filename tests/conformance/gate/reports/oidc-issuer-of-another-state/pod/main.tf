variable "issuer" {
  type = string
}

resource "aws_iam_role" "this" {
  name = "pod"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/${var.issuer}" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringLike = { "${var.issuer}:sub" = "system:serviceaccount:*:*" } }
    }]
  })
}
