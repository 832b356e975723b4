resource "aws_vpclattice_auth_policy" "x" {
  resource_identifier = "svc-0123456789abcdef0"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "vpc-lattice-svcs:Invoke", Resource = "*", Condition = { StringEquals = { "vpc-lattice-svcs:SourceVpc" = "vpc-0123456789abcdef0" } } },
    ]
  })
}
