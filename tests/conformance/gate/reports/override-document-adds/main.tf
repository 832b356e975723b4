data "aws_iam_policy_document" "wide" {
  statement {
    sid       = "Write"
    actions   = ["dynamodb:*"]
    resources = ["arn:aws:dynamodb:us-east-1:111122223333:table/trades"]
  }
}

data "aws_iam_policy_document" "all" {
  override_policy_documents = [data.aws_iam_policy_document.wide.json]
  statement {
    sid       = "Read"
    actions   = ["dynamodb:GetItem"]
    resources = ["arn:aws:dynamodb:us-east-1:111122223333:table/trades"]
  }
}

resource "aws_iam_role_policy" "read" {
  name   = "read"
  role   = "desk"
  policy = data.aws_iam_policy_document.all.json
}
