resource "aws_iam_role" "x" {
  name               = "x"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/app.terraform.io" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringEquals = { "app.terraform.io:aud" = "aws.workload.identity" }, StringLike = { "app.terraform.io:sub" = "organization:acme:project:*:workspace:*:run_phase:*" } } },
    ]
  })
}
