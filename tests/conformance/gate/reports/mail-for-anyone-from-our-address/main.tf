resource "aws_ses_identity_policy" "x" {
  identity = "example.com"
  name     = "send"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "ses:SendEmail", Resource = "arn:aws:ses:us-east-1:111122223333:identity/example.com", Condition = { StringLike = { "ses:FromAddress" = "*@example.com" } } },
    ]
  })
}
