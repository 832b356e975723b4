variable "action" {
  type = string
}

data "aws_iam_policy_document" "trade" {
  statement {
    actions   = [var.action] # expect: unknown
    resources = ["*"]
  }
}
