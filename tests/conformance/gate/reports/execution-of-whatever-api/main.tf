resource "aws_api_gateway_rest_api" "a" {
  name = "feeds"
}

resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = "feeds"
  principal     = "apigateway.amazonaws.com"
}
