resource "aws_sesv2_email_identity_policy" "it" {
  email_identity = "example.com"
  policy_name    = "p"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "ses:SendEmail", Resource = "*" }]
  })
}
