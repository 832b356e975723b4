resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_api_gateway_rest_api" "own" {
  name = "own"
  body = jsonencode({
    openapi = "3.0.1"
    paths = {
      "/feeds" = {
        get = {
          "x-amazon-apigateway-integration" = {
            type       = "aws_proxy"
            httpMethod = "POST"
            uri        = aws_lambda_function.feed.invoke_arn
          }
        }
      }
    }
  })
}
