resource "aws_lambda_permission" "p" {
  action                 = "lambda:InvokeFunction"
  function_name          = "function-feed-dev"
  principal              = "*"
  function_url_auth_type = "NONE"
}
