data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["ecr:BatchGetImage"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_ecr_repository_creation_template" "x" {
  prefix      = "p"
  applied_for = ["PULL_THROUGH_CACHE"]
  repository_policy = data.aws_iam_policy_document.d.json
}
