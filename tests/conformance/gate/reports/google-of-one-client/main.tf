resource "aws_iam_role" "x" {
  name               = "x"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Federated = "accounts.google.com" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringEquals = { "accounts.google.com:aud" = "123456789012-abc.apps.googleusercontent.com" } } },
    ]
  })
}
