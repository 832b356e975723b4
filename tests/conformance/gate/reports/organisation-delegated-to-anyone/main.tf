resource "aws_organizations_resource_policy" "x" {
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = "organizations:DescribeOrganization", Resource = "*" },
    ]
  })
}
