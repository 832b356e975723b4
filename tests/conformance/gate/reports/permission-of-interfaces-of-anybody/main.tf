resource "aws_lambda_permission" "x" {
  statement_id  = "x"
  action        = "lambda:InvokeFunction"
  function_name = "feed"
  principal = "apigateway.amazonaws.com"
  source_arn = "arn:aws:execute-api:us-east-1:*:a1b2c3/*/*"
}
