data "aws_iam_policy_document" "write" {
  statement {
    actions   = ["logs:PutLogEvents"]
    resources = ["arn:aws:logs:us-east-1:111122223333:log-group:feeds:*"]
  }
}

resource "aws_iam_role_policy" "write" {
  name   = "write"
  role   = "feeds"
  policy = data.aws_iam_policy_document.write.json
}
