variable "extra" {
  type    = list(string)
  default = null
}
resource "aws_sqs_queue" "q" {
  name                    = "q"
  sqs_managed_sse_enabled = true
}
data "aws_iam_policy_document" "d" {
  source_policy_documents   = var.extra
  override_policy_documents = null
  statement {
    sid         = null
    effect      = "Deny"
    actions     = ["sqs:*"]
    not_actions = null
    resources   = [aws_sqs_queue.q.arn]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
resource "aws_sqs_queue_policy" "q" {
  queue_url = aws_sqs_queue.q.id
  policy    = data.aws_iam_policy_document.d.json
}
