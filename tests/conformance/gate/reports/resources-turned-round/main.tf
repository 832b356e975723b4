resource "aws_iam_role_policy" "desk" {
  name = "desk"
  role = "desk"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Action = "s3:GetObject", NotResource = "arn:aws:s3:::acme-secret/keys" }
  })
}
