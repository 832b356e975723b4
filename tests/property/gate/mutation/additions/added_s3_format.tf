# added s3:* | format | TP_IAM_1 | +4
resource "aws_iam_role_policy" "mutated" {
  name   = "policy-mutated-${var.environment_suffix}"
  role   = aws_iam_role.function.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = [format("%s:%s", "s3", "*")], Resource = "x" }] })
}
