resource "aws_schemas_registry_policy" "it" {
  registry_name = "r"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "schemas:DescribeSchema", Resource = "*" }]
  })
}
