resource "aws_iam_policy_attachment" "desk" {
  name       = "desk"
  users      = ["analyst"] # expect: fail
  policy_arn = "arn:aws:iam::123456789012:policy/desk"
}

resource "aws_iam_policy_attachment" "roles_only" {
  name       = "roles"
  roles      = ["feed"]
  policy_arn = "arn:aws:iam::123456789012:policy/desk"
}

resource "aws_iam_user_policies_exclusive" "own" { # expect: fail
  user_name    = "analyst"
  policy_names = ["own"]
}

resource "aws_iam_user_policy_attachments_exclusive" "none" {
  user_name   = "analyst"
  policy_arns = []
}
