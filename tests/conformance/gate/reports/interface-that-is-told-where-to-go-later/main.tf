resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_api_gateway_integration" "own" {
  rest_api_id             = "a1b2c3"
  resource_id             = "d4e5f6"
  http_method             = "POST"
  integration_http_method = "POST"
  type                    = "AWS"
  uri                     = aws_lambda_function.feed.invoke_arn
  request_parameters      = { "integration.request.header.X-Amz-Invocation-Type" = "method.request.header.InvocationType" }
}
