resource "awscc_kms_key" "k" {
  key_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = "*", Principal = "*" }] })
}
