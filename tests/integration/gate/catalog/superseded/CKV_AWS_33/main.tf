resource "aws_kms_key" "string" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "kms:Decrypt", Resource = "*" }] })
}
resource "aws_kms_key" "list" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = ["arn:aws:iam::111122223333:root", "*"] }, Action = "kms:Decrypt", Resource = "*" }] })
}
resource "aws_kms_key" "no_effect" {
  policy = jsonencode({ Statement = [{ Principal = { AWS = "*" }, Action = "kms:Decrypt", Resource = "*" }] })
}
resource "aws_kms_key" "object" {
  policy = jsonencode({ Statement = { Effect = "Allow", Principal = { AWS = "*" }, Action = "kms:Decrypt", Resource = "*" } })
}
resource "aws_kms_key" "admin" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "kms:PutKeyPolicy", Resource = "*" }] })
}
resource "aws_kms_key" "switched_off" {
  is_enabled = false
  policy     = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "kms:Decrypt", Resource = "*" }] })
}
resource "aws_kms_key" "service_and_all" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*", Service = "logs.amazonaws.com" }, Action = "kms:Decrypt", Resource = "*" }] })
}
resource "aws_kms_key" "denied_again" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "kms:Decrypt", Resource = "*" }, { Effect = "Deny", Principal = { AWS = "*" }, Action = "kms:Decrypt", Resource = "*", Condition = { StringNotEquals = { "aws:PrincipalOrgID" = "o-1" } } }] })
}
resource "aws_kms_key" "heredoc" {
  policy = <<POLICY
{"Version": "2012-10-17", "Statement": [{"Sid": "a", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"}]}
POLICY
}
