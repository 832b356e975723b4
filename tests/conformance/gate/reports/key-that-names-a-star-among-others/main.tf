resource "aws_kms_external_key" "k" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = ["arn:aws:iam::111122223333:role/r", "*"] }, Action = "kms:Decrypt", Resource = "*" }] })
}
