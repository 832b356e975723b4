data "aws_iam_role" "feed" {
  name = "feed"
}

resource "aws_iam_role_policy" "feed" {
  role   = data.aws_iam_role.feed.id
  policy = jsonencode({ "Version" : "2012-10-17", "Statement" : { "Effect" : "Allow", "Action" : ["kms:*"], "Resource" : "*" } })
}
