resource "aws_kms_key" "logs" {
  description = "logs"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }]
  })
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = 60
  kms_key_id        = aws_kms_key.logs.arn
}
