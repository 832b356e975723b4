data "aws_iam_policy" "admin" {
  arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_group_policy_attachment" "ops" {
  group      = "operators"
  policy_arn = data.aws_iam_policy.admin.arn
}
