data "aws_iam_policy" "power" {
  name = "PowerUserAccess"
}

resource "aws_iam_role_policy_attachment" "power" {
  role       = "desk"
  policy_arn = data.aws_iam_policy.power.arn
}
