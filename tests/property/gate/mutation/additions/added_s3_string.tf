# added s3:* | string | TP_IAM_1 | +4
resource "aws_iam_role_policy" "mutated" {
  name   = "policy-mutated-${var.environment_suffix}"
  role   = aws_iam_role.function.id
  policy = "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"x\"}]}"
}
