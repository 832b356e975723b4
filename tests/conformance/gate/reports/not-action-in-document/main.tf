data "aws_iam_policy_document" "most" {
  statement {
    not_actions = ["iam:*"]
    resources   = ["arn:aws:s3:::acme-tapes"]
  }
}

resource "aws_iam_role_policy" "most" {
  role   = "feed"
  policy = data.aws_iam_policy_document.most.json
}
