resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = "feeds"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:us-east-1:*:*/*"
}
