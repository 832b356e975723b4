# managed policy | literal | TP_IAM_4 | +3
resource "aws_iam_role_policy_attachment" "mutated" {
  role       = aws_iam_role.function.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
