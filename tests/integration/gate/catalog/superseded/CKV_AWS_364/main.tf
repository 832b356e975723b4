resource "aws_lambda_permission" "plain" {
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
}
resource "aws_lambda_permission" "token" {
  function_name      = "f"
  action             = "lambda:InvokeFunction"
  principal          = "alexa-appkit.amazon.com"
  event_source_token = "amzn1.ask.skill.x"
}
resource "aws_lambda_permission" "token_amazonaws" {
  function_name      = "f"
  action             = "lambda:InvokeFunction"
  principal          = "events.amazonaws.com"
  event_source_token = "x"
}
resource "aws_lambda_permission" "organisation" {
  function_name    = "f"
  action           = "lambda:InvokeFunction"
  principal        = "events.amazonaws.com"
  principal_org_id = "o-1234567890"
}
resource "aws_lambda_permission" "url" {
  function_name = "f"
  action        = "lambda:InvokeFunctionUrl"
  principal     = "cloudfront.amazonaws.com"
}
resource "aws_lambda_permission" "china" {
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = "logs.amazonaws.com.cn"
}
resource "aws_lambda_permission" "bucket" {
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
}
resource "aws_lambda_permission" "star_function" {
  function_name = "f"
  action        = "lambda:*"
  principal     = "sns.amazonaws.com"
}
resource "aws_lambda_permission" "get" {
  function_name = "f"
  action        = "lambda:GetFunction"
  principal     = "sns.amazonaws.com"
}
resource "aws_lambda_permission" "layers" {
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = "cognito-idp.amazonaws.com"
}
resource "aws_lambda_permission" "config" {
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = "config.amazonaws.com"
}
resource "aws_lambda_permission" "secretsmanager" {
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = "secretsmanager.amazonaws.com"
}
