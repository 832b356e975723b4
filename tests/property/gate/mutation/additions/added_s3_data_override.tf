# added s3:* | data override | TP_IAM_1 | +2
data "aws_iam_policy_document" "mutated" {
  override_policy_documents = [jsonencode({"Statement" = [{"Effect" = "Allow", "Action" = "s3:*", "Resource" = "*"}]})]
}
resource "aws_iam_role_policy" "mutated" {
  name   = "policy-mutated-${var.environment_suffix}"
  role   = aws_iam_role.function.id
  policy = data.aws_iam_policy_document.mutated.json
}
