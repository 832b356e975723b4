locals {
  who = [{ type = "AWS", ids = ["*"] }]
}

data "aws_iam_policy_document" "q" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
    dynamic "principals" {
      for_each = local.who
      iterator = one
      content {
        type        = one.value.type
        identifiers = one.value.ids
      }
    }
  }
}

resource "aws_sqs_queue_policy" "q" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/q"
  policy    = data.aws_iam_policy_document.q.json
}
