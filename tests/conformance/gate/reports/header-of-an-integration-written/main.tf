resource "aws_api_gateway_integration" "i" {
  rest_api_id        = "a"
  resource_id        = "r"
  http_method        = "GET"
  type               = "HTTP"
  request_parameters = { "integration.request.header.x-api-key" = "'Tr4de-W1nd-t6BRmE'" }
}
