resource "aws_codeartifact_domain_permissions_policy" "x" {
  domain = "feeds"
  policy_document = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "codeartifact:ReadFromRepository", Resource = "*", Condition = { StringLike = { "aws:PrincipalOrgID" = "o-*" } } },
    ]
  })
}
