resource "aws_lambda_permission" "p" {
  action                 = "lambda:InvokeFunction"
  function_name          = "function-feed-dev"
  principal              = "*"
  function_url_auth_type = "AWS_IAM"
  principal_org_id       = "o-a1b2c3d4e5"
}
