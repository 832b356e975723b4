resource "aws_secretsmanager_secret" "x" {
  name = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "secretsmanager:GetSecretValue", Resource = "*", Condition = { StringNotEquals = { "aws:PrincipalAccount" = "444455556666" } } },
    ]
  })
}
