resource "aws_codeartifact_repository_permissions_policy" "open" {
  repository      = "r"
  domain          = "d"
  policy_document = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "codeartifact:ReadFromRepository", Resource = "*" }] })
}
