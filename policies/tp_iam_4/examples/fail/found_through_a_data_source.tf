# hashicorp/terraform-provider-aws, documentation of aws_iam_policy: a policy is found by its name or by its ARN.
data "aws_iam_policy" "by_name" {
  name = "AdministratorAccess"
}

data "aws_iam_policy" "by_name_on_a_path" {
  name = "AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy" "by_arn" {
  arn = "arn:aws:iam::aws:policy/ReadOnlyAccess" # expect: fail
}

data "aws_iam_policy" "each" {
  for_each = toset(["SecurityAudit", "desk-own"])
  name     = each.key
}

resource "aws_iam_role_policy_attachment" "by_name" {
  role       = "feed"
  policy_arn = data.aws_iam_policy.by_name.arn # expect: fail
}

resource "aws_iam_group_policy_attachment" "by_name_on_a_path" {
  group      = "desk"
  policy_arn = data.aws_iam_policy.by_name_on_a_path.arn # expect: fail
}

resource "aws_iam_role" "by_arn" {
  name                = "feed"
  assume_role_policy  = "{}"
  managed_policy_arns = [data.aws_iam_policy.by_arn.arn]
}

resource "aws_iam_role_policy_attachment" "each" {
  for_each   = toset(["SecurityAudit", "desk-own"])
  role       = "feed"
  policy_arn = data.aws_iam_policy.each[each.key].arn # expect: fail
}
