data "aws_iam_policy_document" "desk" {
  statement {
    effect    = "Allow"
    actions   = ["quicksight:*", "ds:DescribeDirectories"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/Desk"
      values   = ["rates"]
    }
  }
}

resource "aws_iam_policy" "desk" {
  name   = "desk"
  policy = data.aws_iam_policy_document.desk.json
}
