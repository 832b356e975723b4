data "aws_caller_identity" "here" {}

data "aws_iam_policy" "own" {
  name = "policy-desk-own"
}

resource "aws_iam_role_policy_attachment" "own" {
  role       = "feed"
  policy_arn = data.aws_iam_policy.own.arn
}

resource "aws_iam_role_policy_attachments_exclusive" "own" {
  role_name   = "feed"
  policy_arns = ["arn:aws:iam::${data.aws_caller_identity.here.account_id}:policy/desk/own"]
}

# A boundary only takes rights away: IAM User Guide, "Permissions boundaries for IAM entities".
resource "aws_iam_role" "bounded" {
  name                 = "bounded"
  assume_role_policy   = "{}"
  permissions_boundary = "arn:aws:iam::aws:policy/PowerUserAccess"
}

# It sees to it that the user has none: hashicorp/terraform-provider-aws#39376.
resource "aws_iam_user_policies_exclusive" "none" {
  user_name    = "analyst"
  policy_names = []
}
