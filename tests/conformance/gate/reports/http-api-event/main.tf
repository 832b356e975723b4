resource "aws_lambda_function" "f" {
  function_name = "lambda-f"
}

resource "aws_api_gateway_integration" "i" {
  for_each                = toset(["POST", "PUT"])
  rest_api_id             = "x"
  resource_id             = "y"
  http_method             = each.key
  integration_http_method = "POST"
  type                    = "AWS"
  uri                     = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${aws_lambda_function.f.arn}/invocations"
  request_parameters      = merge({}, { "integration.request.header.X-Amz-Invocation-Type" = "'Event'" })
}
