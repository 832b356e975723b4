resource "aws_api_gateway_integration" "upstream" {
  rest_api_id             = "a1b2c3"
  resource_id             = "d4e5f6"
  http_method             = "GET"
  type                    = "HTTP"
  integration_http_method = "GET"
  uri                     = "https://upstream.example.com"
  request_parameters = {
    "integration.request.header.Authorization" = "'Basic ZmVlZHM6R3IzM24tQXBwbGUtNzc='"
  }
}
