data "aws_iam_policy_document" "d" {
  statement {
    actions     = null
    not_actions = ["iam:*"]
    resources   = ["arn:aws:sqs:us-east-1:123456789012:q"]
  }
}
resource "aws_iam_role_policy" "p" {
  role   = "r"
  policy = data.aws_iam_policy_document.d.json
}
