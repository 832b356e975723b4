resource "aws_secretsmanager_secret" "x" {
  name = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = ["arn:aws:iam::111122223333:role/feed", "*"] }, Action = "secretsmanager:GetSecretValue", Resource = "*" },
    ]
  })
}
