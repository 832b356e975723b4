variable "key" {
  type = string
}

data "aws_iam_policy_document" "work" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:${var.key}"
      values   = ["o-a1b2c3d4e5"]
    }
  }
}

resource "aws_sqs_queue_policy" "work" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/work"
  policy    = data.aws_iam_policy_document.work.json
}
