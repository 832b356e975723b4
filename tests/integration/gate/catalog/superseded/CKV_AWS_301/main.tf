variable "who" { default = "*" }
resource "aws_lambda_permission" "plain" {
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = "*"
}
resource "aws_lambda_permission" "organisation" {
  function_name    = "f"
  action           = "lambda:InvokeFunction"
  principal        = "*"
  principal_org_id = "o-1234567890"
}
resource "aws_lambda_permission" "account" {
  function_name  = "f"
  action         = "lambda:InvokeFunction"
  principal      = "*"
  source_account = "111122223333"
}
resource "aws_lambda_permission" "url" {
  function_name          = "f"
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "AWS_IAM"
}
resource "aws_lambda_permission" "url_open" {
  function_name          = "f"
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}
resource "aws_lambda_permission" "arn" {
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = "*"
  source_arn    = "arn:aws:s3:::b"
}
resource "aws_lambda_permission" "arn_of_queue" {
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = "*"
  source_arn    = "arn:aws:sqs:us-east-1:111122223333:q"
}
resource "aws_lambda_permission" "variable" {
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = var.who
}
resource "aws_lambda_permission" "get" {
  function_name = "f"
  action        = "lambda:GetFunction"
  principal     = "*"
}
resource "aws_lambda_permission" "through_url" {
  function_name            = "f"
  action                   = "lambda:InvokeFunction"
  principal                = "*"
  invoked_via_function_url = true
}
