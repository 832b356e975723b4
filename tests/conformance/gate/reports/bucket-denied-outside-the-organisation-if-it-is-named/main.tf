resource "aws_s3_bucket_policy" "x" {
  bucket = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::feeds/*" },
      { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::feeds", "arn:aws:s3:::feeds/*"], Condition = { StringNotEqualsIfExists = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }, BoolIfExists = { "aws:PrincipalIsAWSService" = "false" } } },
    ]
  })
}
