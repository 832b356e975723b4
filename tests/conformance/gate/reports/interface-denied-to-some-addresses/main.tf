resource "aws_api_gateway_rest_api_policy" "x" {
  rest_api_id = "a1b2c3"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "execute-api:/*" },
      { Effect = "Deny", Principal = "*", Action = "execute-api:Invoke", Resource = "execute-api:/*", Condition = { IpAddress = { "aws:SourceIp" = ["203.0.113.0/24"] } } },
    ]
  })
}
