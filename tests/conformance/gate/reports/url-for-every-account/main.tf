resource "aws_lambda_permission" "url" {
  statement_id           = "Url"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = "quotes"
  principal              = "*"
  function_url_auth_type = "AWS_IAM"
}
