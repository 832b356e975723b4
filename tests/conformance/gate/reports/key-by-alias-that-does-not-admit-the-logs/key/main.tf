resource "aws_kms_key" "this" {
  description = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { Service = "logs.us-east-1.amazonaws.com" }, Action = "kms:Decrypt", Resource = "*" },
    ]
  })
}

output "arn" {
  value = aws_kms_key.this.arn
}
