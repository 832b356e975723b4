data "aws_iam_policy_document" "narrow" {
  statement {
    sid       = "Read"
    actions   = ["dynamodb:GetItem"]
    resources = ["arn:aws:dynamodb:us-east-1:111122223333:table/trades"]
  }
}

data "aws_iam_policy_document" "all" {
  override_policy_documents = [data.aws_iam_policy_document.narrow.json]
  statement {
    sid       = "Read"
    actions   = ["dynamodb:*"]
    resources = ["arn:aws:dynamodb:us-east-1:111122223333:table/trades"]
  }
}

resource "aws_iam_role_policy" "read" {
  name   = "read"
  role   = "desk"
  policy = data.aws_iam_policy_document.all.json
}
