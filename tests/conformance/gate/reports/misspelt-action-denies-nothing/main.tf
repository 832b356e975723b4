resource "aws_iam_role_policy" "keep" {
  name = "keep"
  role = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["s3:DeleteObjects"], Resource = "*" }]
  })
}
