locals {
  sqs = { one = "arn:aws:sqs:::*" }
}
data "aws_iam_policy_document" "this" {
  for_each = local.sqs
  statement {
    sid       = each.key
    actions   = ["sqs:CancelMessageMoveTask"]
    resources = [each.value]
  }
}
resource "aws_iam_policy" "this" {
  for_each = local.sqs
  name     = "test-${each.key}"
  policy   = data.aws_iam_policy_document.this[each.key].json
}
