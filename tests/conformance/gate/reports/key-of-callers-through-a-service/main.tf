resource "aws_kms_key" "x" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = ["kms:Decrypt"], Resource = "*", Condition = { StringEquals = { "kms:ViaService" = "rds.us-east-1.amazonaws.com", "kms:CallerAccount" = "111122223333" } } },
    ]
  })
}
