# managed policy | join | TP_IAM_4 | +3
resource "aws_iam_role_policy_attachment" "mutated" {
  role       = aws_iam_role.function.name
  policy_arn = join("/", ["arn:aws:iam::aws:policy", "AdministratorAccess"])
}
