# added s3:* | data dynamic | TP_IAM_1 | +3
data "aws_iam_policy_document" "mutated" {
  dynamic "statement" {
    for_each = ["s3:*"]
    content {
      actions   = [statement.value]
      resources = [aws_sqs_queue.dlq.arn]
    }
  }
}
resource "aws_iam_role_policy" "mutated" {
  name   = "policy-mutated-${var.environment_suffix}"
  role   = aws_iam_role.function.id
  policy = data.aws_iam_policy_document.mutated.json
}
