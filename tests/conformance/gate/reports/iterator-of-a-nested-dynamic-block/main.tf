locals {
  statements = { a = { who = ["*"], conditions = [] }, b = { who = ["123456789012"], conditions = [{ key = "aws:PrincipalOrgID", value = "o-a1b2c3d4e5" }] } }
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
data "aws_iam_policy_document" "d" {
  dynamic "statement" {
    for_each = local.statements
    iterator = outer
    content {
      sid       = outer.key
      actions   = ["sqs:SendMessage"]
      resources = [aws_sqs_queue.q.arn]
      principals {
        type        = "AWS"
        identifiers = outer.value.who
      }
      dynamic "condition" {
        for_each = outer.value.conditions
        content {
          test     = "StringEquals"
          variable = condition.value.key
          values   = [condition.value.value]
        }
      }
    }
  }
}
resource "aws_sqs_queue_policy" "p" {
  queue_url = aws_sqs_queue.q.id
  policy    = data.aws_iam_policy_document.d.json
}
