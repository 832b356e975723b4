resource "aws_redshift_resource_policy" "it" {
  resource_arn = "arn:aws:redshift:eu-west-1:111122223333:namespace:a"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "redshift:CreateInboundIntegration", Resource = "*" }]
  })
}
