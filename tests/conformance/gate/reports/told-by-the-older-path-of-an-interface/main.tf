resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_api_gateway_integration" "i" {
  rest_api_id             = "a"
  resource_id             = "b"
  http_method             = "POST"
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = "arn:aws:apigateway:us-east-1:lambda:path/2014-11-13/functions/${aws_lambda_function.feed.arn}/invoke-async/"
}
