locals {
  organisations = ["o-a1b2c3d4e5", "*"]
}

resource "aws_secretsmanager_secret" "feed" {
  name                    = "feed"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_policy" "feed" {
  secret_arn = aws_secretsmanager_secret.feed.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
      Condition = { StringLike = { "aws:PrincipalOrgID" = local.organisations } }
    }]
  })
}
