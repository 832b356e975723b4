locals {
  policies = {
    logs = "service-role/AWSLambdaBasicExecutionRole"
  }
}

resource "aws_iam_role_policy_attachment" "managed" {
  for_each   = local.policies
  role       = "feed"
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}
