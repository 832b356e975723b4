resource "aws_iam_role" "role" {
  name = "role-r"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "sts:AssumeRole",
    Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/deployer" } } }] })
}
