resource "aws_iam_role" "string" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role" "list" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = ["111122223333", "*"] }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role" "external" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole", Condition = { StringEquals = { "sts:ExternalId" = "x" } } }] })
}
resource "aws_iam_role" "organisation" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole", Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1234567890" } } }] })
}
resource "aws_iam_role" "mfa" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } } }] })
}
resource "aws_iam_role" "no_effect" {
  assume_role_policy = jsonencode({ Statement = [{ Principal = { AWS = "*" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role" "tag_only" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:TagSession" }] })
}
resource "aws_iam_role" "heredoc" {
  assume_role_policy = <<EOF
{"Statement":[{"Action":["sts:AssumeRole"],"Effect":"Allow","Principal":{"AWS":"*"}}]}
EOF
}
resource "aws_iam_role" "arn" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole", Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/x" } } }] })
}
