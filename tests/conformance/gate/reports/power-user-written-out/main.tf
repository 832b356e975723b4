resource "aws_iam_group_policy" "p" {
  group = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", NotAction = ["iam:*", "organizations:*", "account:*"], Resource = "*" }, { Effect = "Allow", Action = ["iam:ListRoles"], Resource = "*" }] })
}
