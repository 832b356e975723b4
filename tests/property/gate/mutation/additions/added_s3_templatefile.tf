# added s3:* | templatefile | TP_IAM_1 | +4
resource "aws_iam_role_policy" "mutated" {
  name   = "policy-mutated-${var.environment_suffix}"
  role   = aws_iam_role.function.id
  policy = templatefile("${path.module}/mutated.tftpl", { action = "s3:*", arn = aws_sqs_queue.dlq.arn })
}
