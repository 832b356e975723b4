resource "aws_iam_user_policy_attachments_exclusive" "robot" {
  user_name   = "robot"
  policy_arns = toset(["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"])
}
