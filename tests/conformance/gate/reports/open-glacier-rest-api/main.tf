resource "aws_api_gateway_rest_api_policy" "open" {
  rest_api_id = "a1"
  policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "execute-api:/*" }] })
}
