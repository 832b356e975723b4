data "aws_iam_policy_document" "run" {
  statement {
    actions   = ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "run" {
  name   = "run"
  role   = "feeds"
  policy = data.aws_iam_policy_document.run.json
}
