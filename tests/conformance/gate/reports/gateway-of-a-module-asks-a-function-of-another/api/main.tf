variable "routes" { type = map(string) }
resource "aws_apigatewayv2_api" "a" {
  name          = "a"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_integration" "i" {
  for_each               = var.routes
  api_id                 = aws_apigatewayv2_api.a.id
  integration_type       = "AWS_PROXY"
  integration_uri        = each.value
  payload_format_version = "2.0"
}
resource "aws_apigatewayv2_route" "r" {
  for_each  = var.routes
  api_id    = aws_apigatewayv2_api.a.id
  route_key = each.key
  target    = "integrations/${aws_apigatewayv2_integration.i[each.key].id}"
}
