# added s3:* | for_each | TP_IAM_1 | +3
resource "aws_iam_role_policy" "mutated" {
  for_each = {
    a = "s3:*"
  }
  name   = "policy-mutated-${var.environment_suffix}"
  role   = aws_iam_role.function.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = each.value, Resource = "x" }] })
}
