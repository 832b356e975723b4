# CloudWatch Logs cannot write under a key that is disabled.
# Source: Amazon CloudWatch Logs User Guide, Encrypt log data using AWS KMS.
# Stops at: aws_cloudwatch_log_group.app, aws_kms_key.own

resource "aws_kms_key" "own" {
  is_enabled = false
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.eu-west-1.amazonaws.com" }
        Action    = ["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "app" {
  name       = "/app"
  kms_key_id = aws_kms_key.own.arn
}
