resource "aws_secretsmanager_secret_policy" "s" {
  secret_arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:feed-AbCdEf"
  policy     = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/feed" }, Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
}
