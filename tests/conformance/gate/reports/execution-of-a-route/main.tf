resource "aws_apigatewayv2_api" "a" {
  name          = "feeds"
  protocol_type = "HTTP"
}

resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = "feeds"
  principal     = "apigateway.amazonaws.com"
  source_arn    = join("/", [aws_apigatewayv2_api.a.execution_arn, "*", "*", "feeds"])
}
