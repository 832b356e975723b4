resource "aws_iam_role_policy" "heredoc" {
  role   = "r"
  policy = <<EOF
{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/k"}}
EOF
}
resource "aws_iam_user_policy" "encoded" {
  user   = "u"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["*"], Resource = "arn:aws:s3:::b/k" }] })
}
resource "aws_iam_group_policy" "among" {
  group  = "g"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:Get*", "*"], Resource = ["*", "arn:aws:s3:::b"] }] })
}
resource "aws_iam_policy" "no_effect" {
  name   = "p"
  policy = jsonencode({ Statement = [{ Action = "*", Resource = "arn:aws:s3:::b/k" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "sso" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "arn:aws:s3:::b/k" }] })
}
resource "aws_iam_policy" "conditioned" {
  name   = "p"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "arn:aws:s3:::b/k", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } } }] })
}
resource "aws_iam_policy" "boundary" {
  name   = "p"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "arn:aws:s3:::b/k" }] })
}
resource "aws_iam_role" "r" {
  name                 = "r"
  assume_role_policy   = "{}"
  permissions_boundary = aws_iam_policy.boundary.arn
}
resource "aws_iam_policy" "with_deny" {
  name   = "p"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "arn:aws:s3:::b/k" }, { Effect = "Deny", Action = "*", Resource = "arn:aws:s3:::b/k" }] })
}
