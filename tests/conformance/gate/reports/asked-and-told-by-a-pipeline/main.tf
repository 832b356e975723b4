resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_apigatewayv2_integration" "http" {
  api_id                 = "a1b2c3"
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.feed.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_codepipeline" "own" {
  name     = "own"
  role_arn = "arn:aws:iam::111122223333:role/feed"
  stage {
    name = "Check"
    action {
      name     = "Check"
      category = "Invoke"
      owner    = "AWS"
      provider = "Lambda"
      version  = "1"
      configuration = {
        FunctionName = aws_lambda_function.feed.function_name
      }
    }
  }
}
